"""Customers with something to say, the model that answers them, and Meta, who tells what became of each message.

Every message carries a mark like `(💚💛-💜)`: customer 12, line 3, in signs that say nothing beside a "sim", and that small talk may hold.
The model's replies greet with the marks of what they answer, so the audit can tell from the replies alone whether the right words reached
the model; what the replies state is the server's.
"""

import asyncio
import random
import re
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import aiohttp

from tests.kit.fakes.meta import FakeMeta, Sent, signed, status, text_message, webhook_body
from tests.kit.fakes.openai import FakeOpenAI, Step, ToolCall
from tests.kit.fakes.server import Fault
from tests.kit.running import API_TOKEN, APP_SECRET

SIGNS = "💙💚💛💜🧡🤍💖💕💗💐"
MARK = re.compile(rf"\(([{SIGNS}]+)-[{SIGNS}]+\)")
BURST = 0.1
LONGEST_TALK = 20
# Seconds until Meta reports on a message: before its own answer is read, or long after.
STATUS_DELAYS = (0.0, 0.5, 4.0)

# What customers say, one after the other; "+" in front: without waiting for an answer to what was said before. "agenda" names everything
# and is booked at once; "vaga" leaves the hour to the shop, which proposes one, and is booked by the "sim" that follows.
SCRIPTS = (
    ("cadastra", "agenda", "obrigado"),
    ("oi", "+tudo bem?", "cadastra", "+agenda"),
    ("cadastra", "pessoa", "voltei"),
    ("cadastra", "+e quanto custa o banho?", "agenda"),
    ("oi", "cadastra", "+agenda", "+pode ser?"),
    ("cadastra", "vaga", "sim", "obrigado"),
    ("cadastra", "vaga", "sim", "+valeu"),
    ("cadastra", "vaga", "+sim", "sim"),
    ("cadastra", "vaga", "não", "vaga", "sim"),
    ("cadastra", "vaga", "e quanto custa o banho?", "sim"),
)
# The lines that agree to a booking: by naming all of it, or to what was proposed.
AGREEING = ("agenda", "sim")


def mark(number: int, turn: int) -> str:
    """Return the mark of a customer's line."""
    return f"({number}-{turn})".translate(str.maketrans("0123456789", SIGNS))


def number_in(words: str) -> int:
    """Return the customer whose mark a message carries."""
    found = MARK.search(words)
    return int(found[1].translate(str.maketrans(SIGNS, "0123456789"))) if found else 0


def day_for(number: int) -> date:
    """Return the working day that a customer wants to come."""
    day = date.today() + timedelta(days=2 + number % 12)
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() >= 5 else 0)


@dataclass
class Customer:
    """One conversation: who, and what was said by mark."""

    number: int
    script: tuple[str, ...]
    said: dict[str, str] = field(default_factory=dict)
    external_ids: list[str] = field(default_factory=list)

    @property
    def phone(self) -> str:
        return f"55119{self.number:08d}"

    def words_for(self, line: str, hour: int) -> str:
        """Return a line of a script in words that say all that the model's call passes; a booking outright is at this hour."""
        pet, day = f"Rex{self.number}", f"{day_for(self.number):%d/%m/%Y}"
        spoken = {
            "cadastra": f"cadastra o {pet}, meu cachorro, poodle ou vira-lata",
            "agenda": f"agenda banho pro {pet} dia {day} às {hour}h",
            "vaga": f"vaga de banho pro {pet} dia {day}, em qualquer horário, tem?",
        }
        return spoken.get(line, line)


class Model:
    """Plays the model by rule. Asked the same twice it may choose another hour, spelling and breed, as a model would."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._lock = threading.Lock()

    def answer(self, body: Any) -> Step:
        with self._lock:
            return self._answer(body)

    def _answer(self, body: Any) -> Step:
        messages = body["messages"]
        # A draft that was rejected is followed by why, an answer by the customer.
        pairs = enumerate(pairwise(messages))
        begun = max((i for i, (m, after) in pairs if m["role"] == "assistant" and after["role"] == "user"), default=0)
        pending = messages[begun:]
        asked = [m["content"] for m in pending if m["role"] == "user"]
        done = {c["function"]["name"] for m in pending for c in m.get("tool_calls") or ()}
        wanted = [call for words in asked for call in self._calls(words) if call.name not in done]
        if wanted and "tools" in body:
            return Step(tool_calls=tuple(wanted), fault=Fault(delay=self._random.uniform(0.05, 0.3)))
        return Step(text="Oi! " + " ".join(found.group() for words in asked for found in MARK.finditer(words)), fault=Fault(delay=0.1))

    def _calls(self, words: str) -> list[ToolCall]:
        number = number_in(words)
        if "cadastra" in words:
            return [
                ToolCall("register_pet", {"name": f"Rex{number}", "species": "dog", "breed": self._random.choice(["Poodle", "Vira-lata"])})
            ]
        if "agenda" in words or "vaga" in words:
            said = re.search(r"às (\d+)h", words)
            hour = int(said[1]) if said else self._random.randint(9, 16)
            arguments = {"pet_name": f"Rex{number}", "service_type": "Banho", "preferred_date": day_for(number).isoformat()}
            return [ToolCall("book_appointment", {**arguments, "preferred_time": self._random.choice([f"{hour:02d}:00", f"{hour}h"])})]
        return [ToolCall("escalate_to_human", {"reason": "pediu uma pessoa"})] if "pessoa" in words else []


class Meta(FakeMeta):
    """Accepts messages and afterwards reports on them: doubled, shuffled, in batches, sometimes before its own answer is read."""

    def __init__(self) -> None:
        super().__init__()
        self.unreported: list[Sent] = []

    def _accept(self, number: str, body: Any, token: str | None) -> dict[str, Any]:
        result = super()._accept(number, body, token)
        self.unreported.append(self.sends[-1])
        return result


class People:
    """Everybody's traffic towards the web process: Meta's webhooks, and the team's hand-backs."""

    def __init__(self, url: str, openai: FakeOpenAI, meta: Meta, seed: int) -> None:
        self.url, self.openai, self.meta = url, openai, meta
        self.random = random.Random(seed)
        self.double_webhooks = False
        self.doubled = 0
        self._numbers = iter(range(10_000_000))

    def gather(self, count: int) -> list[Customer]:
        """Make new customers with their scripts."""
        return [Customer(number, self.random.choice(SCRIPTS)) for number in (next(self._numbers) for _ in range(count))]

    async def talk(
        self,
        http: aiohttp.ClientSession,
        customer: Customer,
        settled: Callable[[Customer], Awaitable[None]],
        enough: Callable[[], bool],
    ) -> None:
        """Say one's script, and others until it is `enough`, waiting for answers where the script does; `settled` waits."""
        await asyncio.sleep(self.random.uniform(0, 3))
        lines = [*customer.script]
        for turn in range(LONGEST_TALK):
            if not lines:
                if enough():
                    return
                lines = [*self.random.choice(SCRIPTS)]
            line = lines.pop(0)
            if not line.startswith("+"):
                await settled(customer)
            else:
                await asyncio.sleep(self.random.choice([BURST, 0.5, 0.8]))
            words = f"{mark(customer.number, turn)} {customer.words_for(line.lstrip('+'), self.random.randint(9, 16))}"
            customer.said[mark(customer.number, turn)] = words
            message = text_message(customer.phone, words, id=f"wamid.in.{customer.number}.{turn}.{uuid4().hex[:6]}")
            customer.external_ids.append(message["id"])
            for _ in range(2 if self.double_webhooks else 1):
                await self.post(http, webhook_body(messages=[message]))
            self.doubled += self.double_webhooks

    async def post(self, http: aiohttp.ClientSession, body: Any) -> None:
        """Post a webhook again and again until it is taken, as Meta does."""
        raw, headers = signed(body, APP_SECRET)
        while True:
            try:
                async with http.post(f"{self.url}/webhook", data=raw, headers=headers, timeout=aiohttp.ClientTimeout(5)) as response:
                    assert response.status in (200, 503), await response.text()
                    if response.status == 200:
                        return
            except (aiohttp.ClientError, TimeoutError):
                pass
            await asyncio.sleep(0.3)

    async def report_statuses(self, http: aiohttp.ClientSession) -> None:
        """Report on what was accepted, until cancelled."""
        due: list[tuple[float, Sent]] = []
        while True:
            batch, self.meta.unreported = self.meta.unreported, []
            now = time.monotonic()
            due += [(now + self.random.choice(STATUS_DELAYS), sent) for sent in batch]
            reports = [
                status(sent.id, state, sent.to, our_id=sent.our_id)
                for when, sent in due
                if when <= now
                for state in ("sent", "delivered", "delivered", "read")
                if self.random.random() < 0.9 or state == "read"
            ]
            due = [(when, sent) for when, sent in due if when > now]
            self.random.shuffle(reports)
            if reports:
                await self.post(http, webhook_body(statuses=reports))
            await asyncio.sleep(0.2)

    async def hand_back(self, http: aiohttp.ClientSession, conversation_id: object) -> None:
        """Give a conversation back to the AI, as the team does."""
        address = f"{self.url}/api/conversations/{conversation_id}/handback"
        while True:
            try:
                async with http.post(
                    address, headers={"Authorization": f"Bearer {API_TOKEN}"}, timeout=aiohttp.ClientTimeout(5)
                ) as response:
                    if response.status in (200, 409):
                        return
            except (aiohttp.ClientError, TimeoutError):
                pass
            await asyncio.sleep(0.3)
