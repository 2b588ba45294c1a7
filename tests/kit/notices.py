"""One notice of each kind of what is written unasked, with the very values that docs/agenda-and-safety.md shows."""

from datetime import date, time

from service.outreach import kinds
from service.outreach.kinds import Appointment, OutreachKind, Treatment
from service.outreach.message import Customer, Notice

_ANA = Customer("Ana Souza", "Pet Shop Patinhas")
_THURSDAY, _FRIDAY, _SATURDAY = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 28)
_VISIT = [Appointment("Banho", "Rex", time(10)), Appointment("Tosa", "Mel", time(11))]

EXAMPLES: dict[OutreachKind, Notice] = {
    "reminder": kinds.reminder(_ANA, _FRIDAY, _THURSDAY, _VISIT, asks=True),
    "vaccine": kinds.vaccine(_ANA, _FRIDAY, date(2026, 11, 20), [Treatment("vaccine", "V10", "Rex")]),
    "follow_up": kinds.follow_up(_ANA, _FRIDAY, _SATURDAY, ["Rex", "Mel"]),
    "no_show": kinds.no_show(_ANA, _FRIDAY, _SATURDAY, ["Rex", "Mel"]),
    "ready": kinds.ready(_ANA, ["Rex", "Mel"], is_driven_home=False),
    "waiting_list": kinds.waiting_list(_ANA, ["Banho de Rex, sexta-feira, 27/11/2026, às 10h, R$ 70,00"], time(11)),
}
