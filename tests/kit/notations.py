"""A writer of days, times and amounts as people write them, by hand and apart from the patterns that read them."""

from datetime import date, time, timedelta

_UNITS = "zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove"
UNITS = _UNITS.split()
TENS = {20: "vinte", 30: "trinta", 40: "quarenta", 50: "cinquenta", 60: "sessenta", 70: "setenta", 80: "oitenta", 90: "noventa"}
_MONTHS = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
MONTHS = _MONTHS.split()
WEEKDAYS = ["segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"]


def in_words(number: int, *, feminine: bool = False) -> str:
    """Write a number below a thousand."""
    if number >= 100:
        hundreds = [
            "",
            "cento",
            "duzentos",
            "trezentos",
            "quatrocentos",
            "quinhentos",
            "seiscentos",
            "setecentos",
            "oitocentos",
            "novecentos",
        ]
        rest = number % 100
        return "cem" if number == 100 else hundreds[number // 100] + (f" e {in_words(rest)}" if rest else "")
    if number >= 20:
        rest = number % 10
        return TENS[number - rest] + (f" e {in_words(rest, feminine=feminine)}" if rest else "")
    return {1: "uma", 2: "duas"}.get(number, UNITS[number]) if feminine else UNITS[number]


def days(day: date, today: date) -> list[str]:
    """Write a day that is to come in the ways that can mean no other."""
    month, number = MONTHS[day.month - 1], "primeiro" if day.day == 1 else in_words(day.day)
    ways = [
        f"{day:%d/%m/%Y}", f"{day:%d/%m/%y}", f"{day.day}/{day.month}/{day.year}", f"dia {day:%d/%m/%Y}",
        f"{day.day} de {month} de {day.year}",
        f"dia {number} de {month} de {day.year}", f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}", f"{day}",
    ]  # fmt: skip
    if day - today < timedelta(days=360):
        ways += [f"{day:%d/%m}", f"{day.day} de {month}", f"{number} de {month}", f"dia {day.day}/{day.month}"]
        ways += [f"{WEEKDAYS[day.weekday()]}-feira, {day:%d/%m}"] if day.weekday() < 5 else []
    if day - today < timedelta(days=28):
        ways += [f"dia {day.day}", f"dia {number}", f"{WEEKDAYS[day.weekday()]} dia {day.day}", f"{WEEKDAYS[day.weekday()]}, {day.day}"]
    if timedelta(0) < day - today < timedelta(days=7):
        ways += [
            WEEKDAYS[day.weekday()],
            f"nessa {WEEKDAYS[day.weekday()]}",
            *([f"{WEEKDAYS[day.weekday()]}-feira"] if day.weekday() < 5 else []),
        ]
    return ways + {0: ["hoje"], 1: ["amanhã"], 2: ["depois de amanhã"]}.get((day - today).days, [])


def times(moment: time) -> list[str]:
    """Write a time of day; of the afternoon also on the clock of twelve hours."""
    hour, minute = moment.hour, moment.minute
    ways = _times(hour, minute) + (_times(hour - 12, minute) if hour > 12 else [])
    if minute == 0 and hour > 0:
        half = "da manhã" if hour < 12 else "da tarde" if hour < 18 else "da noite"
        shown = hour - 12 if hour > 12 else hour
        ways += [f"{shown} {half}", f"{in_words(shown, feminine=True)} {half}", f"{shown}h {half}"]
    if minute > 30 and 0 < hour < 23:
        after = hour % 12 + 1
        ways += [f"{60 - minute} para as {after}", f"{in_words(60 - minute)} pras {in_words(after, feminine=True)}"]
    return ways + (["meio-dia"] if (hour, minute) == (12, 0) else ["meio-dia e meia"] if (hour, minute) == (12, 30) else [])


def _times(hour: int, minute: int) -> list[str]:
    words = in_words(hour, feminine=True)
    if minute == 0:
        return [
            f"{hour}h",
            f"às {hour}h",
            f"{hour}:00",
            f"{hour} horas",
            f"às {hour}",
            f"{hour}h00",
            f"{words} horas",
            f"às {words}",
            f"{hour}hs",
        ]
    ways = [
        f"{hour}h{minute:02d}", f"{hour}:{minute:02d}", f"às {hour} e {minute:02d}", f"{words} e {in_words(minute)}",
        f"às {words} e {in_words(minute)}", f"{hour} horas e {in_words(minute)} minutos",
    ]  # fmt: skip
    return ways + ([f"{words} e meia", f"{hour} e meia", f"{hour}h e meia"] if minute == 30 else [])


def amounts(cents: int) -> list[str]:
    """Write an amount of reais."""
    reais, rest = divmod(cents, 100)
    if rest:
        return [f"R$ {reais},{rest:02d}", f"por {reais},{rest:02d}", f"{in_words(reais)} reais e {in_words(rest)} centavos"]
    words = in_words(reais)
    return [
        f"R$ {reais}",
        f"R$ {reais},00",
        f"R${reais}",
        f"{reais} reais",
        f"por {reais}",
        f"{words} reais",
        f"por {words}",
        f"{reais},00 reais",
    ]
