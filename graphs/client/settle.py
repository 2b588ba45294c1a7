"""What was proposed to the customer is settled by his own words, before the model is asked: agreed to, declined, or left open."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog
from langchain_core.messages import AIMessage, AnyMessage, ToolMessage
from langgraph.runtime import Runtime

from graphs.context import Context
from graphs.history import READABLE
from graphs.state import State
from service.agenda import agreement, proposals
from service.agenda.agreement import Answer
from service.agenda.proposals import ProposalKind
from service.agenda.queries import proposals as stored
from service.platform.database import Database
from service.platform.journal import Effect
from service.turns.briefing import Briefing, Proposal
from tools import registry
from tools.appointments import Declined, Done, Expired, Proposed
from tools.booking import cancel_appointment, late_refusal
from tools.consent import AskedWish
from tools.results import Refused

log = structlog.get_logger()

EXPIRED = "O prazo desta proposta passou e nada foi feito. Consulte de novo e proponha outra vez, se o cliente ainda quiser."
TAKEN = (
    "Não deu: o horário foi ocupado ou o agendamento mudou enquanto o cliente decidia. Nada foi feito; consulte e ofereça outros horários."
)
# What was written so much earlier than the question, however late it came in, is no answer to it. WhatsApp's clock tells whole seconds.
CLOCKS_DIFFER = timedelta(seconds=5)
WAS_TAKEN = (
    "Enquanto isso, o horário foi ocupado ou o agendamento mudou, e nada foi feito. Quer que eu veja outros horários?",
    "Esse horário acabou de ser ocupado ou o agendamento mudou, então não fiz nada. Posso ver outros horários?",
)
DECLINED = "O cliente não quis. Nada foi feito, e o horário ficou livre."
KEPT = "O cliente desistiu de cancelar. O agendamento continua valendo."


def customers_answer(briefing: Briefing) -> Answer | None:
    """Return yes or no to the open proposal, where what the customer wrote follows the very message that stated it; else None."""
    proposal, waiting = briefing.proposal, briefing.unanswered
    if proposal is None or not waiting or any(message.message_type not in READABLE for message in waiting):
        return None
    before = [message for message in briefing.history if message.seq < waiting[0].seq and message.direction == "outgoing"]
    # What waits to be sent has not been read.
    if not before or not before[-1].sent_by_ai or before[-1].status in ("queued", "failed"):
        return None
    question = before[-1]
    if waiting[0].at < question.at - CLOCKS_DIFFER:
        return None
    if any(message.quoted_external_id not in (None, question.external_id) for message in waiting):
        return None
    kind, items, zone, today = proposal.kind, proposal.items, briefing.zone, briefing.local_date
    if not proposals.states(question.content, kind, items, zone):
        return None
    # Reminders and offers have fixed words, a model has not.
    fixed = question.author == "system" or question.content.endswith(proposals.ask(kind, items, zone))
    if not fixed and not proposals.asks(question.content, items, today, zone):
        return None
    return agreement.decide(briefing.said, kind, items, today, zone, briefing.names)


def with_question(text: str, turn: Sequence[AnyMessage], briefing: Briefing) -> str:
    """Return the reply of a turn that proposed something with the proposal's own question where the model did not state all of it.

    What the customer says yes to is what he has read.
    """
    read = [(made, made.read(m.text)) for m in turn if isinstance(m, ToolMessage) and (made := registry.named(m.name))]
    wished = next((result for _, result in reversed(read) if isinstance(result, AskedWish)), None)
    if wished and wished.ask not in text:
        text = f"{text}\n\n{wished.ask}"
    results = [result for made, result in read if made.proposes]
    asked = next((r for r in reversed(results) if isinstance(r, Done | Proposed)), None)
    if not isinstance(asked, Proposed):
        return text
    items, zone = asked.proposal.items, briefing.zone
    stated = proposals.states(text, asked.proposal.kind, items, zone) and (
        text.endswith(asked.ask) or proposals.asks(text, items, briefing.local_date, zone)
    )
    return text if stated else f"{text}\n\n{asked.ask}"


def build_settle_proposal(db: Database) -> Any:
    """Build the node that commits what the customer agreed to, or frees what he declined, and tells the model as a tool's result."""

    async def settle_proposal(state: State, runtime: Runtime[Context]) -> dict[str, Any]:
        briefing, context = state["briefing"], runtime.context
        answer, proposal = customers_answer(briefing), briefing.proposal
        if answer is None or proposal is None:
            return {}
        result, name, args = await _settled(db, context, briefing, proposal, answer)
        log.info("[CLIENT-AI] Proposal settled", answer=answer, kind=proposal.kind, success=result["success"])
        call = {"id": f"settled-{proposal.id}", "name": name, "args": args, "type": "tool_call"}
        said = ToolMessage(json.dumps(result, ensure_ascii=False), tool_call_id=call["id"], name=name)
        return {"messages": [AIMessage("", tool_calls=[call]), said]}

    return settle_proposal


async def _settled(
    db: Database, context: Context, briefing: Briefing, proposal: Proposal, answer: Answer
) -> tuple[dict[str, Any], str, dict[str, Any]]:
    """Settle it; return what came of it, and the call under which the model is told."""
    kind: ProposalKind = proposal.kind
    late = None
    name, args, result = proposal.call.name, proposal.call.args, proposal.result
    if proposal.expired:
        return Expired(error=EXPIRED).as_json(), name, args
    if refuses_to_come := answer == "no" and kind == "confirm":
        kind, name, args = "cancel", cancel_appointment.name, {}
        late = proposals.late_notice(briefing.settings.cancel_notice_minutes, proposal.items, briefing.now)
    effect = Effect(
        conversation_id=context.conversation_id,
        turn_id=context.turn_id,
        tool_call_id=f"settled-{proposal.id}",
        name=name,
        args=args,
        lease_token=context.lease_token,
    )
    ids = {"proposal_id": proposal.id, "contact_id": context.contact_id}
    try:
        if not late and (answer == "yes" or refuses_to_come):
            await stored.accept(db, context.organization_id, effect, kind=kind, items=proposal.items, result=result, **ids)
            return result, name, args
        await stored.decline(db, context.organization_id, effect, **ids)
        if late:
            # The question is over: a yes to the person who is offered now is no yes to the visit.
            return Refused.of(late_refusal(late)).as_json(), name, args
        return Declined(message=KEPT if kind == "cancel" else DECLINED, kind=kind).as_json(), name, args
    except stored.Taken:
        return Refused(error=TAKEN, say=WAS_TAKEN).as_json(), name, args
