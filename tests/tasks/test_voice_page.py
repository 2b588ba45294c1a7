"""A voice note with an emergency in it, from each provider's webhook to a person's page. With real weights, in seconds: `make voice`."""

from pathlib import Path

from service.language import emergency
from tests.kit.fakes.transcriber import FakeTranscriber
from tests.kit.paging import PHONES, paging

NOTE = b"OggS my dog ate rat poison"


def test_a_spoken_emergency_pages_a_person_over_both_providers(tmp_path: Path, database_url: str, redis_url: str) -> None:
    with FakeTranscriber() as transcriber:
        transcriber.hears(NOTE, "meu cachorro comeu veneno de rato")
        voice = {"PATAS_VOICE": "online", "PATAS_VOICE_BASE_URL": transcriber.base_url}
        with paging(tmp_path, database_url, redis_url, **voice) as shop:
            for channel in PHONES:
                shop.page(channel, NOTE)
                assert shop.operator.alerts[-1]["kind"] == "emergency"
                assert shop.answers(channel)[0].startswith(emergency.TEXT[:40])
            assert len(shop.operator.alerts) == len(transcriber.requests) == len(PHONES)
