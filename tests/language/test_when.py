"""Days and times are read wholly, or asked back."""

from datetime import date, time, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from service.language.days import find_day, parse_days
from service.language.grammar import date_words
from service.language.hours import Opening
from service.language.numbers_alone import Bare
from service.language.numerals import NUMBERS
from service.language.said import days_in, times_in
from service.language.times import Times, find_time, parse_times
from service.language.wishes import find
from service.platform.clock import WEEKDAYS
from service.platform.errors import BadRequest
from tests.kit.whens import FAR, LOTS, MONDAY, OPENING, Phrase, days, lot, phrases

DAYS, TIMES = phrases("days"), phrases("times")
TODAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
# Without the "-feira" that makes some of them plain.
SHORT = [name.removesuffix("-feira") for name in WEEKDAYS]
TENS = {0: "", 20: "vinte", 30: "trinta", 40: "quarenta", 50: "cinquenta"}
UNSEEN = ["\u200b", "\u200d", "\u00ad", "\u2060", "\u202e", "\u2066", "\ufeff", "\u034f", "\ufe0f"]


def read_days(text: str, today: date) -> frozenset[int] | None:
    try:
        found = parse_days(text, today)
    except BadRequest:
        return None
    return frozenset(n for first, last in found.stretches for n in range(first, last + 1) if n < today.toordinal() + FAR)


def read_times(text: str) -> frozenset[int] | None:
    try:
        found = parse_times(text, OPENING)
    except BadRequest:
        return None
    return frozenset(n for first, last in found.stretches for n in range(first, last + 1))


@pytest.mark.parametrize("phrase", DAYS, ids=lambda phrase: f"{phrase.kind}: {phrase.text}")
def test_the_days_that_a_customer_means(phrase: Phrase) -> None:
    assert read_days(phrase.text, phrase.today) == phrase.meant


@pytest.mark.parametrize("phrase", TIMES, ids=lambda phrase: f"{phrase.kind}: {phrase.text}")
def test_the_times_that_a_customer_means(phrase: Phrase) -> None:
    assert read_times(phrase.text) == phrase.meant


def find_set(of: str, text: str, *, asked: bool = True) -> frozenset[int] | None:
    bare: Bare | None = None if not asked else "day" if of == "days" else "hour"
    try:
        wish = find(text, MONDAY, opening=OPENING, bare=bare)
    except BadRequest:
        return None
    found = wish.days if of == "days" else wish.times
    last = MONDAY.toordinal() + FAR - 1 if of == "days" else 1439
    return frozenset(n for first, until in found for n in range(first, min(until, last) + 1)) if found else None


@pytest.mark.parametrize("name", LOTS)
@pytest.mark.parametrize("of", ["days", "times"])
@pytest.mark.parametrize("strictly", [True, False])
def test_a_message_is_read_right_or_asked_about(name: str, of: str, strictly: bool) -> None:
    messages = lot(name, of)
    asked = 0
    for message in messages:
        read = find_set(of, message.text) if not strictly else read_days(message.text, MONDAY) if of == "days" else read_times(message.text)
        assert read in (None, message.meant), message.text
        asked += read is None and message.meant is not None
    # Who names pets and more to a tool that asks for a day alone is asked a little more often.
    assert asked <= len(messages) // (6 if strictly else 8)


@pytest.mark.parametrize("name", LOTS)
@pytest.mark.parametrize("of", ["days", "times"])
def test_what_was_not_asked_for_is_read_right_or_asked_about(name: str, of: str) -> None:
    for message in lot(name, of):
        assert find_set(of, message.text, asked=False) in (None, message.meant), message.text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("só recebo dia 5, então daí pra frente", "5/12.."),
        ("viajo sábado, tem que ser antes disso", "23/11..27/11"),
        ("dia 20 ele operou, só depois disso", None),
        ("não posso dia 30, só depois disso", None),
        ("o banho foi dia 20, depois disso ele ficou coçando", None),
        ("quinta, ela anda se coçando muito", "26/11"),
        ("sexta, pra ele ficar bonito na festa", "27/11"),
        ("terça ou quinta, são os dias livres da minha mãe", "24/11 26/11"),
        ("terça ou quarta, ela tá de repouso até quinta", None),
        ("eu quis sábado", None),
    ],
)
def test_what_points_back_or_only_explains_is_read_as_that(text: str, meant: str | None) -> None:
    assert find_set("days", text) == (days(meant, MONDAY) if meant else None)


UNREAD = ["ou quando a Bia puder", "ou xilofone", "se não der xilofone", "no máximo xilofone", "a menos que chova", "ou antes"]


@given(st.sampled_from(LOTS), st.sampled_from(["days", "times"]), st.data(), st.sampled_from(UNREAD), st.sampled_from([" ", ", "]))
def test_a_choice_or_a_bound_that_is_not_read_is_never_dropped(name: str, of: str, data: st.DataObject, unread: str, sign: str) -> None:
    plain = [phrase for phrase in lot(name, of) if phrase.meant and len(phrase.meant) == 1 and phrase.text[-1].isalnum()]
    phrase = data.draw(st.sampled_from(plain))
    assert find_set(of, phrase.text + sign + unread) is None
    assert (read_days(f"{phrase.text}{sign}{unread}", MONDAY) if of == "days" else read_times(phrase.text + sign + unread)) is None


@pytest.mark.parametrize("text", ["assim que abrirem", "na hora que abrir", "depois que abrirem", "até fechar"])
@pytest.mark.parametrize("opening", [None, ((time(8), time(18)), (time(9), time(13)))])
def test_opening_and_closing_are_asked_about_where_days_differ_in_them_or_nobody_knows(text: str, opening: Opening | None) -> None:
    with pytest.raises(BadRequest):
        parse_times(text, opening)


def test_opening_and_closing_are_the_first_and_last_of_a_day_with_a_break() -> None:
    opening = ((time(8), time(12)), (time(13), time(17)))
    assert parse_times("assim que abrirem", opening).one == time(8)
    assert parse_times("das 14h até fechar", opening).stretches == ((14 * 60, 17 * 60),)


@given(st.sampled_from([*DAYS, *TIMES]), st.data(), st.sampled_from(["talvez", "xilofone", "Rex", "retrasada", "feriado", "quase"]))
def test_a_word_that_is_not_accounted_for_makes_it_ask(phrase: Phrase, data: st.DataObject, word: str) -> None:
    words = phrase.text.split()
    at = data.draw(st.integers(0, len(words)))
    longer = " ".join([*words[:at], word, *words[at:]])
    # "Feriado do Natal" is accounted for.
    assume("feriado d" not in longer)
    read = read_days(longer, phrase.today) if phrase in DAYS else read_times(longer)
    assert read is None


@given(st.sampled_from([p for p in (*DAYS, *TIMES) if p.meant]), st.data(), st.sampled_from(UNSEEN))
def test_what_is_not_seen_hides_no_word(phrase: Phrase, data: st.DataObject, unseen: str) -> None:
    at = data.draw(st.integers(0, len(phrase.text)))
    text = phrase.text[:at] + unseen + phrase.text[at:]
    assert (read_days(text, phrase.today) if phrase in DAYS else read_times(text)) == phrase.meant


def fullwidth(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "0" <= c <= "9" or "a" <= c <= "z" else c for c in text)


@given(st.sampled_from([p for p in (*DAYS, *TIMES) if p.meant]))
def test_wide_letters_and_digits_are_read(phrase: Phrase) -> None:
    assert (read_days(fullwidth(phrase.text), phrase.today) if phrase in DAYS else read_times(fullwidth(phrase.text))) == phrase.meant


@given(
    TODAYS, st.integers(1, 40), st.integers(0, 30), st.sampled_from(["de {} a {}", "de {} até {}", "entre {} e {}", "do dia {} ao dia {}"])
)
def test_a_range_is_every_day_of_it(today: date, ahead: int, longer: int, said: str) -> None:
    first, last = today + timedelta(days=ahead), today + timedelta(days=ahead + longer)
    every = {today + timedelta(days=n) for n in range(FAR) if first <= today + timedelta(days=n) <= last}
    assert read_days(said.format(f"{first:%d/%m}", f"{last:%d/%m}"), today) == {day.toordinal() for day in every}


@given(TODAYS, st.integers(1, 25), st.integers(0, 20))
def test_a_range_of_bare_days_ends_on_the_next_such_day(today: date, ahead: int, longer: int) -> None:
    first, last = today + timedelta(days=ahead), today + timedelta(days=ahead + longer)
    assert read_days(f"do dia {first.day} ao dia {last.day}", today) == set(range(first.toordinal(), last.toordinal() + 1))


@given(TODAYS, st.integers(0, 6), st.integers(0, 6))
def test_a_range_of_weekdays_begins_with_the_next_coming(today: date, first: int, last: int) -> None:
    # Said on the weekday with which it begins, it begins that day.
    begins = next(d for n in range(first == last, 8) if (d := today + timedelta(days=n)).weekday() == first)
    ends = next(d for n in range(7) if (d := begins + timedelta(days=n)).weekday() == last)
    assert read_days(f"de {SHORT[first]} a {SHORT[last]}", today) == set(range(begins.toordinal(), ends.toordinal() + 1))


@given(TODAYS, st.integers(1, 40), st.sampled_from(["a partir de {}", "depois de {}", "até {}", "antes de {}", "de {} em diante"]))
def test_a_bound_is_every_day_on_its_side(today: date, ahead: int, said: str) -> None:
    bound = today + timedelta(days=ahead)
    on_its_side = {
        "a partir de {}": lambda day: day >= bound,
        "de {} em diante": lambda day: day >= bound,
        "depois de {}": lambda day: day > bound,
        "até {}": lambda day: day <= bound,
        "antes de {}": lambda day: day < bound,
    }[said]
    every = {d.toordinal() for n in range(FAR) if on_its_side(d := today + timedelta(days=n))}
    assert read_days(said.format(f"{bound:%d/%m}"), today) == every


@given(TODAYS, st.sets(st.integers(0, 6), min_size=1, max_size=4), st.sampled_from(["qualquer dia menos {}", "{} não posso", "não dá {}"]))
def test_refused_weekdays_are_none_of_the_days(today: date, refused: set[int], said: str) -> None:
    listed = " e ".join(SHORT[weekday] for weekday in sorted(refused))
    fortnight = {today + timedelta(days=n) for n in range(15)}
    assert read_days(said.format(listed), today) == {day.toordinal() for day in fortnight if day.weekday() not in refused}


@given(TODAYS, st.sets(st.integers(0, 6), min_size=2, max_size=4), st.sampled_from([" ou ", " e ", ", "]))
def test_alternatives_are_all_of_the_days(today: date, wished: set[int], join: str) -> None:
    names = [SHORT[weekday] for weekday in sorted(wished)]
    listed = join.join(names) if join != ", " else f"{', '.join(names[:-1])} ou {names[-1]}"
    coming = {next(d for n in range(1, 8) if (d := today + timedelta(days=n)).weekday() == weekday) for weekday in wished}
    assert read_days(listed, today) == {day.toordinal() for day in coming}
    assert read_days(f"{listed} da semana que vem", today) == {day.toordinal() for day in _of_next_week(today, wished)}


def _of_next_week(today: date, weekdays: set[int]) -> set[date]:
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
    return {monday + timedelta(days=weekday) for weekday in weekdays}


@given(TODAYS, st.integers(1, 31), st.integers(0, 6))
def test_a_weekday_with_a_number_is_a_day_that_is_both(today: date, number: int, weekday: int) -> None:
    days = [today + timedelta(days=n) for n in range(130) if (today + timedelta(days=n)).day == number][:2]
    both = next((day for day in days if day.weekday() == weekday), None)
    for written in (f"{SHORT[weekday]} {number}", f"{WEEKDAYS[weekday]}, dia {number}"):
        try:
            found = parse_days(written, today).one
        except BadRequest:
            found = None
        # Far off, a number without "dia" may be the hour.
        is_far = both is None or (both - today).days > 42
        assert found == both or (found is None and is_far and number <= 24 and "dia" not in written)


def in_words(number: int) -> str:
    single = {value: word for word, value in NUMBERS.items()}
    if number in single:
        return single[number]
    return f"{TENS[number // 10 * 10]} e {single[number % 10]}"


@given(TODAYS, st.integers(1, 31))
def test_a_day_in_words_is_the_day_in_digits(today: date, number: int) -> None:
    assert read_days(f"dia {in_words(number)}", today) == read_days(f"dia {number}", today)


@given(st.integers(7, 23), st.sampled_from([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55]))
@example(15, 30)
def test_a_time_is_read_in_every_notation(hour: int, minute: int) -> None:
    said = [
        f"{hour}:{minute:02d}",
        f"às {hour}h{minute:02d}",
        f"{hour}h{minute:02d}min",
        f"às {hour} e {minute}" if minute else f"às {hour}",
    ]
    # "Às 9 e 10" may be two hours; "vinte e cinco" is a number.
    said = said[:3] + (said[3:] if minute in (0, 15, 20, 25) or minute >= 30 else [])
    if (hour, minute) != (20, 5):
        said += [f"às {in_words(hour)} e {in_words(minute)}"] if minute else [f"às {in_words(hour)}", f"{in_words(hour)} horas"]
    said += [f"{hour} e meia", f"{in_words(hour)} e meia"] if minute == 30 else []
    if minute >= 35 and hour < 23 and hour != 12:
        said += [f"{60 - minute} para as {hour + 1}", f"{in_words(60 - minute)} pras {in_words(hour + 1)}"]
    meant = hour * 60 + minute
    shut = ((time(0), time(23, 59)),) if hour < 12 else OPENING
    for text in said:
        times = parse_times(text, ((time(hour), time(hour, 59)),) if hour < 12 else shut)
        assert times == Times(((meant, meant),)), text


@given(st.integers(1, 7), st.sampled_from([0, 15, 30]), st.sampled_from(["às {}", "{}h", "{}"]))
def test_an_hour_at_which_the_shop_is_closed_is_the_afternoons(hour: int, minute: int, said: str) -> None:
    text = said.format(hour) + (f" e {minute}" if minute and said == "às {}" else "")
    assume(not minute or said == "às {}")
    morning, afternoon = hour * 60 + minute, hour * 60 + minute + 720
    for opening in (((time(8), time(20)),), ((time(9), time(12)), (time(13), time(21)))):
        assert parse_times(text, opening).stretches == ((afternoon, afternoon),)
    assert parse_times(text, ((time(0), time(12)),)).stretches == ((morning, morning),)
    with pytest.raises(BadRequest, match="manhã ou"):
        parse_times(text, ((time(0), time(23, 59)),))


@given(
    st.integers(8, 16),
    st.integers(1, 4),
    st.sampled_from(["das {} às {}", "entre {} e {}", "de {}h a {}h", "{}h até {}h", "das {} até as {}"]),
)
def test_a_range_of_hours_is_every_start_in_it(first: int, longer: int, said: str) -> None:
    last = first + longer
    for shown in ((first, last), ((first - 1) % 12 + 1, (last - 1) % 12 + 1)):
        found = parse_times(said.format(*shown), ((time(8), time(20)),))
        assert found.stretches == ((first * 60, last * 60),), shown


@given(st.integers(1, 12), st.sampled_from(["às {}", "{}h", "{} e meia", "15 para as {}", "{} da tarde", "às {} e quinze"]))
def test_the_reader_of_statements_agrees_on_a_time(hour: int, said: str) -> None:
    text = said.format(hour)
    try:
        moment = find_time(text)
    except BadRequest:
        return
    (stated,) = times_in(date_words(text))
    assert moment in stated.times


@given(st.sampled_from([p for p in DAYS if p.kind in ("in_words", "weekday_and_number", "weekdays") and p.meant and len(p.meant) == 1]))
def test_the_reader_of_statements_agrees_on_a_day(phrase: Phrase) -> None:
    day = find_day(phrase.text, phrase.today)
    stated = days_in(date_words(phrase.text), phrase.today)
    # What names no day to it (a bare number after a weekday) is read by its weekday.
    assert day is not None
    assert not stated or any(day in said.days or said.weekday == day.weekday() for said in stated)


@pytest.mark.parametrize(
    "text",
    [
        "Oi! Sexta depois do feriado vocês abrem?", "qualquer dia menos feriado", "sexta o Rex não pode", 
        "segunda de manhã ou terça à tarde pro Rex", "hoje meu gato passou mal, sexta",
        "viajo de 1 a 5, qualquer dia serve", "sexta, se não chover", "se abrir, pode ser domingo",
        "minha mãe chega quarta, depois disso posso",
    ],
)  # fmt: skip
def test_a_message_with_something_left_over_of_a_day_is_asked_about(text: str) -> None:
    with pytest.raises(BadRequest):
        find_day(text, MONDAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Oi, tudo bem? Queria marcar um banho pro Rex sexta às 10h, por favor", date(2026, 11, 27)),
        ("não sei se vocês atendem gatos, quero levar a Mel dia 3", date(2026, 12, 3)),
        ("meu cachorro tem 3 anos e 12 quilos, pode ser amanhã?", date(2026, 11, 24)),
        ("ela tomou a segunda dose, quero voltar na quinta", date(2026, 11, 26)),
        ("não, na quarta", date(2026, 11, 25)),
        ("hoje meu gato passou mal, marca sexta", date(2026, 11, 27)),
        ("segunda, não, pera, terça", date(2026, 11, 24)),
        ("quero a segunda dose da vacina", None),
        ("menos mal! obrigada", None),
    ],
)
def test_the_day_of_a_message(text: str, day: date | None) -> None:
    assert find_day(text, MONDAY) == day
