"""A person of the shop writes on the phone while the AI is at it: from then on the AI says nothing."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from service.messaging import outbox
from service.messaging.channels.base import ChannelName
from service.turns.queries import mailbox, sweep
from tests.kit.fakes.openai import FakeOpenAI, Step, call, text
from tests.kit.fakes.server import Fault
from tests.kit.phones import Number
from tests.kit.shop import Shop

TRIES = 24
SAID = [None, "image", "caption", "audio", "document", "location"]


@dataclass
class Try:
    """One customer, and what is to happen once while they are answered."""

    number: Number
    openai: FakeOpenAI
    patch: pytest.MonkeyPatch
    phone: str
    kind: str | None

    def person(self) -> None:
        """Write on the phone, from a fake's thread."""
        self.number.echo_now(self.phone, kind=self.kind)

    async def person_here(self) -> None:
        await self.number.echo(self.phone, kind=self.kind)

    def thinking(self, *steps: Step, at: int) -> None:
        """Let the model answer in these steps; while it thinks about one of them the person writes."""
        asked = 0

        def answer(_: Any) -> Step:
            nonlocal asked
            asked += 1
            if asked == at + 1:
                self.person()
            return steps[min(asked, len(steps)) - 1]

        self.openai.respond(answer)

    def around(self, of: Any, name: str, *, before: bool) -> None:
        """Let the person write right before, or right after, something is done."""
        do = getattr(of, name)

        async def done(*args: Any, **more: Any) -> Any:
            if before:
                await self.person_here()
            result = await do(*args, **more)
            if not before:
                await self.person_here()
            return result

        self.patch.setattr(of, name, done)


REPLY = text("Oi! Como posso ajudar?")
REX = call("register_pet", name="Rex", species="dog")
PERSON = call("escalate_to_human", reason="pediu uma pessoa")


def before_the_model_is_asked(t: Try) -> None:
    t.around(mailbox, "claim", before=False)


def in_mid_thought(t: Try) -> None:
    t.thinking(REPLY, at=0)


def after_a_deed(t: Try) -> None:
    t.thinking(REX, text("Cadastrei o Rex!"), at=1)


def while_it_calls_a_person(t: Try) -> None:
    t.thinking(PERSON, at=0)


def while_it_fails_for_good(t: Try) -> None:
    t.thinking(text("", fault=Fault(status=400, body="no")), at=0)
    t.patch.setattr("service.turns.failures.RETRY_DELAYS", ())


def before_the_commit(t: Try) -> None:
    t.around(mailbox, "commit", before=True)


def after_the_commit(t: Try) -> None:
    t.around(mailbox, "commit", before=False)


def before_the_send(t: Try) -> None:
    t.around(outbox, "deliver", before=True)


def while_the_send_is_refused_for_now(t: Try) -> None:
    written = False

    def refuse(body: Any) -> Fault | None:
        nonlocal written
        if "text" not in body:
            return None
        if not written:
            written = True
            t.person()
        return Fault(status=503, body="busy")

    t.number.server.fail_when(refuse)


INSTANTS: list[Callable[[Try], None]] = [
    before_the_model_is_asked, in_mid_thought, after_a_deed, while_it_calls_a_person, while_it_fails_for_good, before_the_commit,
    after_the_commit, before_the_send, while_the_send_is_refused_for_now,
]  # fmt: skip


@pytest.mark.parametrize("instant", INSTANTS, ids=lambda instant: instant.__name__)
async def test_nothing_of_the_ais_leaves_after_a_person_wrote_on_the_phone(
    shop: Shop, openai: FakeOpenAI, open_number: Callable[[ChannelName], Number], instant: Callable[[Try], None]
) -> None:
    draw = random.Random(instant.__name__)
    numbers = [open_number("cloud_api"), open_number("evolution")]
    for attempt in range(TRIES):
        number, phone = draw.choice(numbers), f"551195556{attempt:04d}"
        openai.respond(lambda _: REPLY)
        # People need some seconds to write; the app does not.
        words = "cadastra o Rex, meu cachorro" if instant is after_a_deed else "oi"
        conversation = await number.customer(phone, words, at=time.time() - 20)
        with pytest.MonkeyPatch.context() as patch:
            instant(Try(number, openai, patch, phone, draw.choice(SAID)))
            await shop.work(conversation)
        number.server.fail_when(None)
        # Whatever was left lying is found.
        await shop.rows("update messages set created_at = created_at - interval '1 hour', next_attempt_at = null returning 1")
        found = await sweep.find_left_behind(shop.resources.db, shop.resources.settings)
        assert conversation not in {row["conversation_id"] for row in found["unanswered"]}
        await shop.work(conversation)
        await number.deliver(conversation)
        assert number.sent(phone) == [], attempt
        assert await number.status(conversation) == "escalated"
        (case,) = await number.cases(conversation)
        assert case["case_key"].startswith("phone:")
        left = await shop.rows("select status, error_code from messages where conversation_id = %(c)s and sent_by_ai", c=conversation)
        assert [row for row in left if row["status"] != "failed" or row["error_code"] != "person_answered"] == []
    assert await shop.rows("select 1 from dead_letters where kind = 'send'") == []
    assert await shop.rows("select 1 from alerts where kind not in ('turn_failed')") == []


async def test_without_a_person_each_of_them_is_answered(
    shop: Shop, openai: FakeOpenAI, open_number: Callable[[ChannelName], Number]
) -> None:
    openai.respond(lambda _: REPLY)
    for channel in ("cloud_api", "evolution"):
        number = open_number(channel)
        conversation = await number.customer("5511955560001", "oi")
        await shop.work(conversation)
        assert number.sent("5511955560001") == ["Oi! Como posso ajudar?"]


async def test_what_was_dropped_is_seen_and_rings_nowhere(
    shop: Shop, openai: FakeOpenAI, number: Number, monkeypatch: pytest.MonkeyPatch
) -> None:
    openai.respond(lambda _: REPLY)
    conversation = await number.customer("5511955560001", "oi", at=time.time() - 20)
    commit = mailbox.commit

    async def and_a_person_writes(*args: Any) -> Any:
        done = await commit(*args)
        await number.echo("5511955560001")
        return done

    monkeypatch.setattr(mailbox, "commit", and_a_person_writes)
    await shop.work(conversation)
    _, reply, person = await shop.messages(conversation)
    assert (reply["status"], reply["error_code"]) == ("failed", "person_answered")
    assert "respondeu antes" in reply["error_detail"]
    assert (person["status"], person["author"]) == ("sent", "shop_phone")
    assert await shop.rows("select 1 from alerts") == await shop.rows("select 1 from dead_letters") == []


@pytest.mark.parametrize(("person", "status"), [(True, "failed"), (False, "queued")])
async def test_a_send_of_unknown_outcome_is_not_sent_again_after_a_persons_words(
    shop: Shop, openai: FakeOpenAI, number: Number, person: bool, status: str
) -> None:
    openai.respond(lambda _: REPLY)
    number.server.fail_when(lambda body: Fault(reset="before") if "text" in body else None)
    conversation = await number.customer("5511955560001", "oi", at=time.time() - 20)
    await shop.work(conversation)
    if person:
        await number.echo("5511955560001")
    resend = shop.resources.settings.model_copy(update={"send_unconfirmed": "resend", "send_deadline": 0.0})
    await sweep.find_left_behind(shop.resources.db, resend)
    assert (await shop.messages(conversation))[1]["status"] == status


async def test_a_reminder_in_line_is_no_answer_and_leaves(shop: Shop, number: Number) -> None:
    conversation = await number.customer("5511955560001", "obrigada")
    await shop.rows(
        "insert into messages (organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, content, ai_message_id,"
        " author, status) select organization_id, id, instance_id, 'outgoing', true, true, 'O Rex está pronto!', 'outreach:1', 'system',"
        " 'queued' from conversations where id = %(c)s returning id",
        c=conversation,
    )
    await number.echo("5511955560001")
    await number.deliver(conversation)
    assert number.sent("5511955560001") == ["O Rex está pronto!"]
