"""Silence against the habit: a number that looks connected may have stopped getting anything."""

from uuid import UUID

from service.agenda import holidays
from service.outreach.queries import silence as queries
from service.platform.database import Database

# Hours without a message that are looked at, weeks back that they are compared with, and messages that make an hour a busy one.
SILENT_HOURS, SILENT_WEEKS, SILENT_LEAST = 3, 3, 5


async def hear(db: Database) -> list[UUID]:
    """Return the alerts of numbers that are silent against their habit: at this hour of this weekday customers have always written."""
    told = []
    for number in await queries.silent(db, hours=SILENT_HOURS, weeks=SILENT_WEEKS, least=SILENT_LEAST):
        if holidays.between(number.state or "", number.today, number.today):
            continue
        title = f"Ninguém escreve há {SILENT_HOURS} horas: {number.name}"
        body = "Neste horário sempre chegam mensagens. Verifique se o WhatsApp da loja está conectado e recebendo."
        if alert := await queries.tell_silent(db, number, title=title, body=body):
            told.append(alert)
    return told
