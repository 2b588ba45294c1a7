"""A fake of Meta's Graph API for WhatsApp, and builders for the webhooks that Meta sends."""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
from aiohttp import web

from tests.kit.fakes.server import FakeServer, Fault, answer, parser, reset, serve

PHONE_NUMBER_ID = "100000000000001"


@dataclass(frozen=True)
class Sent:
    """A text that the fake accepted, or a template, whose `text` is empty. `buttons` are the ids of its reply buttons."""

    id: str
    phone_number_id: str
    to: str
    text: str
    our_id: str | None
    token: str | None
    template: str | None = None
    parameters: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Typing:
    """A mark-as-read; `shown` where it asked for the typing indicator."""

    phone_number_id: str
    message_id: str
    shown: bool


@dataclass(frozen=True)
class File:
    """A file that somebody sent; `url` and `told_size` are said of it instead of what is true."""

    content: bytes
    mime: str = "audio/ogg; codecs=opus"
    url: str | None = None
    told_size: int | None = None


def error(code: int, message: str = "refused", *, status: int = 400, **more: Any) -> Fault:
    """Build the fault of a Graph API error."""
    return Fault(
        status=status, body={"error": {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, "fbtrace_id": "A"} | more}
    )


class FakeMeta(FakeServer):
    """`url` is what WHATSAPP_API_URL takes. `sends` holds what was accepted, also where the answer was then lost.

    To the numbers in `closed`, whose 24 hours are over, only templates may be sent. `files` are handed out by their id, in two steps.
    """

    def __init__(self, *, token: str | None = None, **server: Any) -> None:
        super().__init__(**server)
        self.token = token
        self.sends: list[Sent] = []
        self.typing: list[Typing] = []
        self.closed: set[str] = set()
        self.files: dict[str, File] = {}

    def clear(self) -> None:
        super().clear()
        self.files.clear()
        self.sends.clear()
        self.typing.clear()
        self.closed.clear()

    def record(self) -> dict[str, Any]:
        return super().record() | {"sends": [vars(s) for s in self.sends], "typing": [vars(t) for t in self.typing]}

    def texts_to(self, phone: str) -> list[str]:
        """Return what one person got, in order."""
        return [sent.text for sent in self.sends if sent.to == phone]

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/{phone_number_id}/messages", self._messages),
            web.post("/{version}/{phone_number_id}/messages", self._messages),
            web.get("/download/{media_id}", self._download),
            web.get("/{media_id}", self._file),
        ]

    async def _file(self, request: web.Request) -> web.Response:
        """Tell where a file is."""
        if (met := await self.meet_file(request)) is not None:
            return met
        media_id = request.match_info["media_id"]
        if (file := self.files.get(media_id)) is None:
            return answer(error(100, "Unsupported get request. Object does not exist.", status=400))
        told = {"id": media_id, "mime_type": file.mime, "file_size": file.told_size or len(file.content), "messaging_product": "whatsapp"}
        return web.json_response(told | {"url": file.url or f"{self.url}/download/{media_id}", "sha256": "x"})

    async def _download(self, request: web.Request) -> web.Response:
        if (met := await self.meet_file(request)) is not None:
            return met
        if self.token is not None and request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(status=401)
        file = self.files[request.match_info["media_id"]]
        return web.Response(body=file.content, content_type=file.mime.partition(";")[0])

    async def _messages(self, request: web.Request) -> web.Response:
        body = await self.read(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or None
        if self.token is not None and token != self.token:
            return answer(error(190, "Invalid OAuth access token", status=401))
        wrong = _refused(body)
        if wrong:
            return answer(error(100, wrong))
        if body.get("type") != "template" and body.get("to") in self.closed:
            return answer(error(131047, "Re-engagement message"))
        is_read = body.get("status") == "read"
        fault = self.fault_for(body)
        met = await self.meet(request, fault)
        if met is not None:
            return met
        number = request.match_info["phone_number_id"]
        result = self._read(number, body) if is_read else self._accept(number, body, token)
        self.changed()
        return reset(request) if fault.reset == "after" else web.json_response(result)

    def _read(self, number: str, body: Any) -> dict[str, Any]:
        self.typing.append(Typing(number, body["message_id"], "typing_indicator" in body))
        return {"success": True}

    def _accept(self, number: str, body: Any, token: str | None) -> dict[str, Any]:
        wamid = f"wamid.{uuid4().hex}"
        to = body.get("to") or body["recipient"]
        our_id = body.get("biz_opaque_callback_data")
        if body.get("type") == "template":
            name, parameters = body["template"]["name"], tuple(p["text"] for p in _parameters(body["template"]))
            self.sends.append(Sent(wamid, number, to, "", our_id, token, name, parameters))
        elif body.get("type") == "interactive":
            asked = body["interactive"]
            buttons = tuple(button["reply"]["id"] for button in asked["action"]["buttons"])
            self.sends.append(Sent(wamid, number, to, asked["body"]["text"], our_id, token, buttons=buttons))
        else:
            self.sends.append(Sent(wamid, number, to, body["text"]["body"], our_id, token))
        contact = {"input": to, "wa_id" if "to" in body else "user_id": to}
        return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": wamid}]}


def _refused(body: Any) -> str | None:
    if body.get("messaging_product") != "whatsapp":
        return "The parameter messaging_product is required."
    if body.get("status") == "read":
        return None if body.get("message_id") else "The parameter message_id is required."
    if not (body.get("to") or body.get("recipient")):
        return "The parameter to is required."
    if body.get("type") == "template":
        return _refused_template(body.get("template") or {})
    if body.get("type") == "interactive":
        return _refused_buttons(body.get("interactive") or {})
    written = (body.get("text") or {}).get("body")
    if body.get("type", "text") != "text" or not written or len(written) > 4096:
        return "Param text['body'] must be at least 1 and at most 4096 characters long."
    return None


def _refused_buttons(interactive: Any) -> str | None:
    body, buttons = (interactive.get("body") or {}).get("text"), (interactive.get("action") or {}).get("buttons") or []
    if interactive.get("type") != "button" or not body or len(body) > 1024:
        return "Param interactive['body']['text'] must be at least 1 and at most 1024 characters long."
    replies = [button.get("reply") or {} for button in buttons if button.get("type") == "reply"]
    if not 1 <= len(replies) == len(buttons) <= 3 or any(len({r.get(key) for r in replies}) < len(replies) for key in ("id", "title")):
        return "Param interactive['action']['buttons'] must be 1 to 3 reply buttons of different ids and titles."
    if any(not 1 <= len(r.get("title") or "") <= 20 or not 1 <= len(r.get("id") or "") <= 256 for r in replies):
        return "A button's title must have 1 to 20 characters, its id 1 to 256."
    return None


def _refused_template(template: Any) -> str | None:
    if not (template.get("name") and (template.get("language") or {}).get("code")):
        return "The parameters template['name'] and template['language']['code'] are required."
    for parameter in _parameters(template):
        if parameter.get("type") != "text" or not parameter.get("text"):
            return "Param text must be a non-empty string."
        if re.search(r"[\n\t]| {5}", parameter["text"]):
            return "Param text cannot have new-line/tab characters or more than 4 consecutive spaces."
    return None


def _parameters(template: Any) -> list[Any]:
    return [p for c in template.get("components", []) if c.get("type") == "body" for p in c.get("parameters", [])]


# What Meta sends


def message(from_: str, kind: str, content: Any, *, id: str | None = None, timestamp: float | None = None, **more: Any) -> dict[str, Any]:
    """Build a message of any type, as in `messages[]`."""
    return {
        "from": from_,
        "id": id or f"wamid.{uuid4().hex}",
        "timestamp": str(int(timestamp or time.time())),
        "type": kind,
        kind: content,
    } | more


def text_message(from_: str, text: str, **more: Any) -> dict[str, Any]:
    """Build a text from a customer, whose `from_` is digits with country code."""
    return message(from_, "text", {"body": text}, **more)


def echo(to: str, text: str, *, from_: str = "551133330001", **more: Any) -> dict[str, Any]:
    """Build what a person of the shop wrote in the WhatsApp Business app, as in `message_echoes[]`."""
    return message(from_, "text", {"body": text}, to=to, **more)


def status(wamid: str, state: str, recipient: str, *, our_id: str | None = None, errors: Iterable[Any] = (), **more: Any) -> dict[str, Any]:
    """Build a status, as in `statuses[]`."""
    found = {"id": wamid, "status": state, "timestamp": str(int(time.time())), "recipient_id": recipient} | more
    return found | ({"biz_opaque_callback_data": our_id} if our_id else {}) | ({"errors": list(errors)} if errors else {})


def change(
    *,
    messages: Iterable[dict[str, Any]] = (),
    statuses: Iterable[dict[str, Any]] = (),
    echoes: Iterable[dict[str, Any]] = (),
    names: Mapping[str, str] | None = None,
    phone_number_id: str = PHONE_NUMBER_ID,
) -> dict[str, Any]:
    """One change of a webhook body; `names` are the profile names by number."""
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "551133330001", "phone_number_id": phone_number_id},
    }
    messages, statuses, echoes = list(messages), list(statuses), list(echoes)
    if echoes:
        return {"field": "smb_message_echoes", "value": value | {"message_echoes": echoes}}
    if messages:
        numbers = dict.fromkeys(m["from"] for m in messages if "from" in m)
        value["contacts"] = [{"profile": {"name": (names or {}).get(n, "Cliente")}, "wa_id": n} for n in numbers]
        value["messages"] = messages
    if statuses:
        value["statuses"] = statuses
    return {"field": "messages", "value": value}


def webhook_body(*changes: dict[str, Any], **one: Any) -> dict[str, Any]:
    """Build a webhook body with these changes, or with the one that the arguments of `change` describe."""
    return {"object": "whatsapp_business_account", "entry": [{"id": "200000000000001", "changes": list(changes) or [change(**one)]}]}


def sign(raw: bytes, secret: str) -> str:
    """Return the value of `X-Hub-Signature-256`."""
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def signed(body: Any, secret: str) -> tuple[bytes, dict[str, str]]:
    """Raw bytes and headers of a webhook call."""
    raw = json.dumps(body).encode()
    return raw, {"X-Hub-Signature-256": sign(raw, secret), "Content-Type": "application/json"}


async def post_webhook(client: httpx.AsyncClient, url: str, body: Any, secret: str) -> httpx.Response:
    """POST a body as Meta does."""
    raw, headers = signed(body, secret)
    return await client.post(url, content=raw, headers=headers)


def main() -> None:
    options = parser(__doc__ or "")
    options.add_argument("--token", help="refuse other bearer tokens")
    chosen = options.parse_args()
    serve(FakeMeta(token=chosen.token, host=chosen.host, port=chosen.port))


if __name__ == "__main__":
    main()
