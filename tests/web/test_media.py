"""People see and hear what customers sent, by links that run out."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit
from uuid import UUID, uuid4

import pytest

from service.messaging.channels import build_channels
from service.messaging.media import fetching
from service.platform import clock
from tests.kit.fakes import meta as wire
from tests.kit.fakes.meta import FakeMeta
from tests.kit.phones import NOTE
from tests.kit.web import PHONE, Web


async def sent(web: Web, meta: FakeMeta, kind: str = "audio", mime: str = "audio/ogg; codecs=opus") -> UUID:
    """Let a customer send a file, which the worker fetches; return the conversation."""
    meta.files["m1"] = wire.File(NOTE, mime)
    message = wire.message(PHONE, kind, {"id": "m1", "mime_type": mime}, id="wamid.note")
    assert (await web.hook(messages=[message])).status_code == 200
    ((shop, media_id),) = web.queued("media.fetch")
    channels = build_channels(web.settings.model_copy(update={"whatsapp_api_url": meta.url}), web.app.state.http)
    assert await fetching.fetch(web.other, channels, web.app.state.files, UUID(shop), UUID(media_id)) == "kept"
    found: UUID = (await web.message("wamid.note"))["conversation_id"]
    return found


async def shown(web: Web, conversation: UUID) -> dict[str, Any]:
    """Return the file of the conversation's only message, as the API shows it."""
    response = await web.call("GET", f"/api/conversations/{conversation}")
    assert response.status_code == 200, response.text
    (message,) = response.json()["messages"]
    found: dict[str, Any] = message["media"]
    return found


async def test_a_conversation_has_links_to_its_files(web: Web, meta: FakeMeta) -> None:
    told = await shown(web, await sent(web, meta))
    assert (told["kind"], told["mime"], told["bytes"], told["status"]) == ("audio", "audio/ogg", len(NOTE), "kept")
    assert "is_here" not in told
    response = await web.client.get(told["url"])
    assert (response.status_code, response.content) == (200, NOTE)
    assert response.headers["content-type"] == "audio/ogg"
    assert response.headers["content-disposition"] == "inline"
    assert response.headers["cache-control"] == "no-store"


async def test_what_is_not_here_yet_has_no_link(web: Web) -> None:
    message = wire.message(PHONE, "audio", {"id": "m1", "mime_type": "audio/ogg"}, id="wamid.note")
    await web.hook(messages=[message])
    told = await shown(web, (await web.message("wamid.note"))["conversation_id"])
    assert (told["status"], told["url"]) == ("fetch", None)


async def test_a_document_is_not_opened_by_the_browser(web: Web, meta: FakeMeta) -> None:
    told = await shown(web, await sent(web, meta, "document", "application/pdf"))
    assert (await web.client.get(told["url"])).headers["content-disposition"] == "attachment"


async def test_a_link_is_good_for_five_minutes(web: Web, meta: FakeMeta, monkeypatch: pytest.MonkeyPatch) -> None:
    told, begun = await shown(web, await sent(web, meta)), clock.now()
    monkeypatch.setattr(clock, "now", lambda: begun + timedelta(minutes=4, seconds=58))
    assert (await web.client.get(told["url"])).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: begun + timedelta(minutes=5, seconds=2))
    refused = await web.client.get(told["url"])
    assert (refused.status_code, refused.json()["error"]) == (403, "Este link não vale mais: abra a conversa de novo.")


async def test_a_link_opens_its_own_file_for_its_own_time(web: Web, meta: FakeMeta) -> None:
    parts = urlsplit((await shown(web, await sent(web, meta)))["url"])
    query = dict(parse_qsl(parts.query))
    later = f"until={int(query['until']) + 1000}&signature={query['signature']}"
    for changed in (
        parts._replace(query=later),
        parts._replace(path=f"/media/{uuid4()}"),
        parts._replace(query=f"until={query['until']}&signature={'0' * 64}"),
        parts._replace(query=f"until={query['until']}&signature=ö"),
    ):
        assert (await web.client.get(urlunsplit(changed))).status_code == 403
    assert (await web.client.get(urlunsplit(parts._replace(query="")))).status_code == 422


async def test_a_file_that_was_deleted_is_said_to_be(web: Web, meta: FakeMeta) -> None:
    told = await shown(web, await sent(web, meta))
    await web.rows("delete from media returning 1")
    assert (await web.client.get(told["url"])).status_code == 404
