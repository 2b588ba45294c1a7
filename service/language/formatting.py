"""Days and times as customers and owners read them."""

from datetime import date, datetime, time

from service.platform.clock import WEEKDAYS


def format_day(day: date) -> str:
    """Write a day: "sexta-feira, 03/10/2025"."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def on_day(day: date) -> str:
    """Write a day as when something is: "na sexta-feira, 03/10/2025", "no sábado, 04/10/2025"."""
    return f"{'no' if day.weekday() >= 5 else 'na'} {format_day(day)}"


def format_time(moment: time) -> str:
    """Write a time of day: "10h" or "10h30"."""
    return f"{moment.hour}h{moment.minute:02d}" if moment.minute else f"{moment.hour}h"


def format_moment(moment: datetime) -> str:
    """Write a wall-clock moment: "03/10/2025 às 10h30"."""
    return f"{moment:%d/%m/%Y} às {format_time(moment.time())}"
