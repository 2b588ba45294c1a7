"""What Aurora may tell an owner without a look: the day so far, the shop's own data, and what she can answer."""

from service.language.money import format_brl
from service.language.words import BOOKING_STATUS
from service.turns.briefing import Briefing
from service.turns.standing import standing_facts, voice_of
from service.turns.telling import Fact
from tools.wording import counted

CAN = (
    "Posso te contar: quantos clientes você atendeu e quanto faturou (hoje, ontem, na semana, no mês ou em outras datas), "
    "quantos agendamentos há em um dia, os serviços que mais saem, os clientes que sumiram e os horários livres de um dia."
)
HELP = f"{CAN} O que você quer saber?"
NOT_UNDERSTOOD = f"Isso eu ainda não sei responder. {CAN}"
# What she has no function for, and where it can be done.
NOT_BLOCKED = (
    "Bloquear horários, dar folga ou fechar um dia eu ainda não faço por aqui, e nada foi bloqueado. Uma ausência ou um dia fechado se "
    "registra pela API (/docs): POST /api/organizations/{id}/absences ou /closures."
)
NOT_BOOKED = (
    "Marcar, mudar ou cancelar um agendamento eu ainda não faço por aqui, e nada foi mudado. No quadro do dia, em /agenda, dá para "
    "cancelar e acompanhar; marcar e remarcar, pela API (/docs)."
)
NOT_SENT = (
    "Escrever para alguém ou criar lembretes eu ainda não faço por aqui, e nada foi enviado. Os lembretes de agendamentos saem sozinhos; "
    "a uma conversa a equipe responde pela API (/docs) ou pelo celular da loja."
)
NOT_CHANGED = (
    "Mudar cadastros, serviços ou preços eu ainda não faço por aqui, e nada foi mudado. Isso se faz pela API (/docs) ou no banco de dados "
    "da loja."
)
BOARD = "quem vem, com pet, serviço e hora, está no quadro do dia, em /agenda."
NO_LIST = f"A lista eu ainda não trago por aqui: {BOARD}"
THE_BOARD = "O quadro do dia está em /agenda."
UNKNOWN = "Esse dado eu ainda não tenho por aqui."

_THE_SHOPS = frozenset({"hours", "place", "payment", "prices"})


def owners_facts(briefing: Briefing) -> list[Fact]:
    """Return what stands for an owner before anything is looked up."""
    own = [fact for fact in standing_facts(briefing, voice_of(briefing)) if fact.kind in _THE_SHOPS]
    known = [
        Fact.of("shop", text) for text in (HELP, CAN, NOT_UNDERSTOOD, NOT_BLOCKED, NOT_BOOKED, NOT_SENT, NOT_CHANGED, NO_LIST, THE_BOARD)
    ]
    return [*_today(briefing), *known, Fact.of("knowledge", UNKNOWN, about="não informação dado custo lucro estoque meta"), *own]


def _today(briefing: Briefing) -> list[Fact]:
    if briefing.today is None:
        return []
    counts = briefing.today.bookings_by_status
    bookings = ", ".join(f"{word} {counts[code]}" for code, word in BOOKING_STATUS.items() if counts.get(code)) or "nenhum"
    revenue, served = format_brl(briefing.today.revenue_cents), counted("cliente", briefing.today.clients_served)
    text = f"Hoje até agora: {served} atendidos e {revenue} de faturamento. Agendamentos por situação: {bookings}."
    if briefing.today.clients_served == 1:
        text = text.replace("atendidos", "atendido", 1)
    return [Fact.of("figures", text, days=[briefing.local_date], cents=[briefing.today.revenue_cents])]
