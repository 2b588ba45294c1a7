"""No word beside a day or an hour is passed over: what it bends, rules out or tells of is read right, or asked. Today is 23/11/2026."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
import yaml

from service.language.intervals import Stretches
from service.platform.errors import BadRequest
from tests.kit import documents
from tests.kit.saying import SERVICES, stands
from tests.kit.whens import DATA, FAR, MONDAY, days, times
from tools.heard import Heard

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
HOURS = [{"weekday": n, "opens_at": "09:00", "closes_at": "18:00"} for n in range(1, 7)]
WANTS, ASKS_DAY, ASKS_TIME, ASKS_BOTH = "quero banho pro Rex", "Para qual dia?", "Que horas?", "Para qual dia e horário?"
FRIDAY, THURSDAY = "2026-11-27", "2026-11-26"

Row = tuple[str, str, str]


@cache
def lot(name: str) -> dict[str, list[list[str]]]:
    loaded: dict[str, list[list[str]]] = yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))
    return loaded


def said(text: str, asked: str | None = None) -> Heard:
    """Return what a customer said, first or as the answer to what was asked."""
    lines = [(WANTS, "incoming"), (asked, "outgoing"), (text, "incoming")] if asked else [(text, "incoming")]
    history = [
        documents.message(
            line, seq=n, direction=direction, unanswered=n == len(lines), status="sent" if direction == "outgoing" else "received",
            at=NOW - timedelta(minutes=len(lines) - n),
        )
        for n, (line, direction) in enumerate(lines, start=1)
    ]  # fmt: skip
    pets, services = [documents.pet("Rex"), documents.pet("Mel", species="cat")], [documents.service(name) for name in SERVICES]
    return Heard(documents.briefing(now=NOW, hours=HOURS, pets=pets, services=services, history=history))


def readings(heard: Heard, right: dict[str, str]) -> Iterator[tuple[frozenset[int] | None, frozenset[int] | None]]:
    """Yield what was read and what is meant, of days and of times."""
    for of, label in right.items():
        if label == "?":
            continue
        meant = None if label == "-" else days(label, MONDAY) if of == "days" else times(label)
        last = MONDAY.toordinal() + FAR - 1 if of == "days" else 1439
        wish = heard.when.days if of == "days" else heard.when.times
        named: Stretches = wish.named or ()
        found = frozenset(n for first, until in named for n in range(first, min(until, last) + 1)) or None
        # What leaves all hours open says no more than none.
        yield (meant if meant == frozenset(range(1440)) and found is None else found), meant


def kinds(name: str, *, plain: bool) -> list[tuple[str, Row]]:
    return [(kind, (row[0], row[1], row[2])) for kind, rows in lot(name).items() for row in rows if kind.startswith("plain") == plain]


@pytest.mark.parametrize("asked", [None, ASKS_DAY, ASKS_TIME, ASKS_BOTH])
@pytest.mark.parametrize("lead", ["", "oi, quero banho pro Rex "])
def test_what_is_beside_a_day_or_an_hour_is_read_right_or_asked(asked: str | None, lead: str) -> None:
    for kind, (text, of_days, of_times) in kinds("when_said", plain=False):
        for read, meant in readings(said(lead + text, asked), {"days": of_days, "times": of_times}):
            assert read in (None, meant), (kind, lead + text)


@pytest.mark.parametrize("asked", [None, ASKS_DAY, ASKS_TIME, ASKS_BOTH])
def test_a_plain_wish_is_read(asked: str | None) -> None:
    for _, (text, of_days, of_times) in kinds("when_said", plain=True):
        for read, meant in readings(said(text, asked), {"days": of_days, "times": of_times}):
            assert read == meant, text


@pytest.mark.parametrize(("kind", "row"), kinds("when_said", plain=False), ids=lambda one: one if isinstance(one, str) else one[0])
def test_a_call_is_not_overruled_by_less_than_the_whole_wish(kind: str, row: Row) -> None:
    text, of_days, of_times = row
    right = days(of_days, MONDAY) if of_days != "-" else frozenset({date(2026, 11, 25).toordinal()})
    called = date.fromordinal(min(right)).isoformat()
    hour = "14:00" if of_times == "-" else f"{min(times(of_times)) // 60}:{min(times(of_times)) % 60:02d}"
    with suppress(BadRequest):
        args = stands(
            said(text, ASKS_BOTH), "book_appointment", pet_name="Rex", service_type="Banho", preferred_date=called, preferred_time=hour
        )
        assert (args["preferred_date"], args.get("preferred_time", hour)) == (called, hour)


def test_a_wrong_day_beside_a_plain_wish_is_put_right() -> None:
    wrong = {"pet_name": "Rex", "service_type": "Banho", "preferred_date": "2026-12-17", "preferred_time": "17:30"}
    for _, (text, of_days, of_times) in kinds("when_said", plain=True):
        right = days(of_days, MONDAY) if of_days != "-" else frozenset()
        if len(right) == 1 and ":" in of_times:
            found = stands(said(text, ASKS_BOTH), "book_appointment", **wrong)
            assert (found["preferred_date"], times(found["preferred_time"])) == (date.fromordinal(min(right)).isoformat(), times(of_times))


@pytest.mark.parametrize("day", [FRIDAY, THURSDAY])
def test_a_day_that_is_ruled_out_is_not_offered(day: str) -> None:
    for text, *_ in lot("when_said")["ruled_out"]:
        with suppress(BadRequest):
            found = stands(said(text, ASKS_DAY), "check_availability", service_type="Banho", preferred_date=day)
            raise AssertionError(text, found)


# Whole messages of each kind: those asked back though plain, and how many there are. None is read wrong.
WHOLE = {"said": (6, 113), "later": (4, 48), "fresh": (8, 143), "ninth": (14, 100)}


@pytest.mark.parametrize("asked", [None, ASKS_BOTH])
def test_whole_messages_are_read_right_or_asked(asked: str | None) -> None:
    for kind, rows in lot("when_lot_whole").items():
        back = 0
        for text, of_days, of_times in rows:
            read = list(readings(said(text, asked), {"days": of_days, "times": of_times}))
            assert all(one in (None, meant) for one, meant in read), text
            back += any(one is None and meant is not None for one, meant in read)
        assert kind == "asked" or (back, len(rows)) == WHOLE[kind], kind


BATHS = "quero banho pro Rex quinta às 10"


@pytest.mark.parametrize(
    ("bubbles", "of_days", "of_times"),
    [
        ((BATHS, "às 11 na vdd"), "26/11", "11:00"),
        ((BATHS, "*11h"), "26/11", "11:00"),
        ((BATHS, "14h*"), "26/11", "14:00"),
        ((BATHS, "*sexta"), "27/11", "10:00"),
        ((BATHS, "na verdade de tarde"), "26/11", "12:00-17:59"),
        ((BATHS, "esquece, sábado"), "28/11", "10:00"),
        ((BATHS, "esquece isso, 15h"), "26/11", "15:00"),
        ((BATHS, "acho melhor às 11"), "26/11", "11:00"),
        ((BATHS, "na vdd sexta"), "27/11", "10:00"),
        ((BATHS, "sexta fica melhor"), "27/11", "10:00"),
        ((BATHS, "na real 9h"), "26/11", "9:00"),
        ((BATHS, "11"), "-", "-"),
        (("quero banho pro Rex semana que vem", "na verdade terça"), "-", "-"),
    ],
)
def test_a_correction_in_the_next_bubble_takes_the_place_of_what_it_corrects(bubbles: tuple[str, ...], of_days: str, of_times: str) -> None:
    history = [documents.message(line, seq=n, at=NOW - timedelta(seconds=30 - n)) for n, line in enumerate(bubbles, start=1)]
    heard = Heard(
        documents.briefing(now=NOW, hours=HOURS, pets=[documents.pet("Rex")], services=[documents.service("Banho")], history=history)
    )
    for read, meant in readings(heard, {"days": of_days, "times": of_times}):
        assert read == meant


# Of a lot that was made to break the readers: read wrong (none), asked back though plain, and how many there are.
STRANGERS = {"answers_days": (32, 203), "answers_times": (12, 116), "messages": (32, 232), "tellings": (26, 144)}


@pytest.mark.parametrize("kind", STRANGERS)
def test_a_stranger_is_read_right_or_asked(kind: str) -> None:
    asked = {"answers_days": ASKS_DAY, "answers_times": ASKS_TIME, "messages": None, "tellings": ASKS_BOTH}[kind]
    count: Counter[str] = Counter()
    wrong = []
    for text, *labels in lot("when_lot_stranger_7")[kind]:
        of = {"answers_days": ["days"], "answers_times": ["times"]}.get(kind, ["days", "times"])
        for read, meant in readings(said(text, asked), dict(zip(of, labels, strict=True))):
            count["all"] += 1
            count["asked"] += read is None and meant is not None
            wrong += [] if read in (None, meant) else [text]
    assert wrong == []
    assert (count["asked"], count["all"]) == STRANGERS[kind]
