"""Days and times as customers and owners read them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

import phonenumbers

from service.platform.clock import MIDNIGHT, WEEKDAYS


def format_day(day: date) -> str:
    """Write a day: "sexta-feira, 03/10/2025"."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def on_day(day: date) -> str:
    """Write a day as when something is: "na sexta-feira, 03/10/2025", "no sábado, 04/10/2025"."""
    return f"{'no' if day.weekday() >= 5 else 'na'} {format_day(day)}"


def format_time(moment: time) -> str:
    """Write a time of day: "10h" or "10h30"."""
    return f"{moment.hour}h{moment.minute:02d}" if moment.minute else f"{moment.hour}h"


def until_time(moment: time) -> str:
    """Write the end of something of a day: "às 18h", "à meia-noite"."""
    return "à meia-noite" if moment == MIDNIGHT else f"às {format_time(moment)}"


def format_moment(moment: datetime) -> str:
    """Write a wall-clock moment: "03/10/2025 às 10h30"."""
    return f"{moment:%d/%m/%Y} às {format_time(moment.time())}"


def listed(parts: Sequence[str], joined: str = "e") -> str:
    """Write several things as one: "Rex", "Rex e Mia", "Rex, Mia ou Bidu"."""
    return f" {joined} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def format_length(minutes: int) -> str:
    """Write how long something takes: "45 minutos", "1 hora", "1 hora e 30 minutos"."""
    hours, rest = divmod(minutes, 60)
    said = [f"{hours} hora{'s' if hours > 1 else ''}"] if hours else []
    return listed([*said, f"{rest} minuto{'s' if rest > 1 else ''}"] if rest or not hours else said)


def format_phone(phone: str) -> str:
    """Write a number as people in Brazil dial it; as it was written where it is none."""
    digits = re.sub(r"\D", "", phone)
    try:
        number = phonenumbers.parse(f"+{digits}" if len(digits) > 11 else digits, "BR")
    except phonenumbers.NumberParseException:
        return phone
    if not phonenumbers.is_valid_number(number):
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
