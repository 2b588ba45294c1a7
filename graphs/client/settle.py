"""What was proposed to the customer is settled by his own words, before the model is asked: agreed to, declined, or left open."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog
from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime

from graphs.context import Context
from graphs.history import is_words
from graphs.state import State
from graphs.telling import result_message
from service.agenda import agreement, proposals
from service.agenda.agreement import Answer
from service.agenda.proposals import ProposalKind
from service.agenda.queries import proposals as stored
from service.messaging.answers import Answer as WordlessAnswer
from service.messaging.answers import is_thumb_up, pressed
from service.platform.database import Database
from service.platform.journal import Effect
from service.turns.briefing import Briefing, Message, Proposal
from service.turns.courtesy import WHAT_ELSE
from tools.appointments import Declined, Expired
from tools.booking import cancel_appointment, late_refusal
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
ELSEWHERE = "Não deu: o pet já tem outro agendamento nesse mesmo horário. Nada foi feito; consulte e ofereça outros horários."
IS_ELSEWHERE = (
    "Nesse mesmo horário o seu pet já tem outro agendamento, então não fiz nada. Quer que eu veja outros horários?",
    "Não fiz nada, porque nesse horário o seu pet já tem outro agendamento. Posso ver outros horários?",
)
_AS_WORDS: Final[dict[WordlessAnswer, str]] = {"yes": "sim", "no": "não"}
OLD_BUTTON = "Esse botão é de uma pergunta que já foi respondida ou passou do prazo, então ele não mudou nada."

WRITE_IT = "Ouvi o seu áudio, mas para não errar preciso da resposta por escrito."

DECLINED = "O cliente não quis. Nada foi feito, e o horário ficou livre."
KEPT = "O cliente desistiu de cancelar. O agendamento continua valendo."


def customers_answer(briefing: Briefing) -> Answer | None:
    """Return what the customer answered to the open proposal: a button or a 👍 names it, words must follow the very message that stated it.

    None where they answer something else. An answer that was edited before it was read is at most unclear, and so is one that does not
    follow the question at once, while nothing else was asked. What is unclear a second time is the model's, but for an answer that was
    spoken and may have been misheard: that is to be written.
    """
    proposal, waiting = briefing.proposal, briefing.unanswered
    if proposal is None or not waiting:
        return None
    without_words = [(message, _without_words(message)) for message in waiting]
    named = {pointed for _, pointed in without_words if pointed}
    if any(proposal_id != proposal.id for _, proposal_id in named):
        return None
    if any(not is_words(message) for message, pointed in without_words if pointed is None):
        return None
    late = not named and not _follows_its_question(briefing, proposal)
    if late and not _follows_no_question(briefing, proposal):
        return None
    said = "\n".join(_AS_WORDS[pointed[0]] if pointed else message.content for message, pointed in without_words)
    kind, items, zone, today = proposal.kind, proposal.items, briefing.zone, briefing.local_date
    answer = agreement.decide(said, kind, items, today, zone, briefing.names, briefing.contact.name)
    if answer in ("yes", "no") and not proposal.expired and any(map(_is_misheard, waiting)):
        return "unclear"
    if answer and any(message.edited for message in waiting):
        answer = "unclear"
    if late and answer in ("yes", "no"):
        # Whatever the model said since, the question is the last thing that they read then.
        return "unclear"
    return None if answer == "unclear" and _was_asked_again(briefing, proposal) else answer


def _is_misheard(message: Message) -> bool:
    """Tell whether an answer was spoken, and not heard so well that it is one for certain."""
    return message.is_spoken and not message.is_sure


def only_old_buttons(briefing: Briefing) -> bool:
    """Return whether all that waits are buttons of questions that are over: answered, replaced, or run out long ago."""
    waiting, proposal = briefing.unanswered, briefing.proposal
    current = proposal.id if proposal else None
    named = [pressed(message.button_id or "") for message in waiting]
    return bool(waiting) and all(pointed and pointed[1] != current for pointed in named)


def _without_words(message: Message) -> tuple[WordlessAnswer, UUID] | None:
    """Return the answer that a message gives without words, and the proposal that it names."""
    if message.button_id:
        return pressed(message.button_id)
    is_yes = message.message_type == "reaction" and is_thumb_up(message.content)
    return ("yes", message.proposal_id) if is_yes and message.proposal_id else None


def _follows_its_question(briefing: Briefing, proposal: Proposal) -> bool:
    waiting = briefing.unanswered
    before = [message for message in briefing.history if message.seq < waiting[0].seq and message.direction == "outgoing"]
    # What waits to be sent has not been read.
    if not before or not before[-1].sent_by_ai or before[-1].status in ("queued", "failed"):
        return False
    question = before[-1]
    if waiting[0].at < question.at - CLOCKS_DIFFER:
        return False
    if any(message.quoted_external_id not in (None, question.external_id) for message in waiting):
        return False
    kind, items, zone = proposal.kind, proposal.items, briefing.zone
    # Reminders and offers have fixed words, a model has not.
    if question.author == "system":
        return proposals.states(question.content, kind, items, zone)
    return proposals.is_question(question.content, kind, items, briefing.local_date, zone)


def _follows_no_question(briefing: Briefing, proposal: Proposal) -> bool:
    """Return whether an open proposal's question was followed by words of ours that ask nothing: what agrees then agrees to it."""
    waiting = briefing.unanswered
    before = [message for message in briefing.history if message.seq < waiting[0].seq and message.direction == "outgoing"]
    if proposal.expired or not before or before[-1].author == "system" or not before[-1].sent_by_ai or before[-1].status == "queued":
        return False
    since = waiting[0].at >= before[-1].at - CLOCKS_DIFFER
    return since and "?" not in before[-1].content and all(message.quoted_external_id is None for message in waiting)


def _was_asked_again(briefing: Briefing, proposal: Proposal) -> bool:
    """Return whether the question was put again already, or is over."""
    again = proposals.ask_again(proposal.kind, proposal.items, briefing.zone)
    return proposal.expired or any(message.proposal_id == proposal.id and message.content == again for message in briefing.history)


def asked_again(reply: str | None, briefing: Briefing) -> UUID | None:
    """Return the open proposal of an earlier turn, where a reply asks for it once more."""
    proposal = briefing.proposal
    if not reply or proposal is None or proposal.expired:
        return None
    asks = proposals.is_question(reply, proposal.kind, proposal.items, briefing.local_date, briefing.zone)
    return proposal.id if asks else None


async def put_again(state: State) -> dict[str, Any]:
    """Ask the open question once more, in fixed words: the model can make no plainer answer of an unclear one."""
    briefing = state["briefing"]
    proposal = briefing.proposal
    if proposal is None:
        return {}
    spoken = f"{WRITE_IT} " if any(map(_is_misheard, briefing.unanswered)) else ""
    reply = f"{spoken}{proposals.ask_again(proposal.kind, proposal.items, briefing.zone)}"
    log.info("[CLIENT-AI] Question put again", kind=proposal.kind)
    return {"messages": [AIMessage(reply)], "reply": reply}


async def answer_old_button(state: State) -> dict[str, Any]:
    """Say that a button's question is over, with the one that is open, if one is."""
    briefing = state["briefing"]
    proposal = briefing.proposal
    is_open = proposal and not proposal.expired
    then = proposals.ask_again(proposal.kind, proposal.items, briefing.zone) if proposal and is_open else WHAT_ELSE
    reply = f"{OLD_BUTTON} {then}"
    return {"messages": [AIMessage(reply)], "reply": reply}


def build_settle_proposal(db: Database) -> Any:
    """Build the node that commits what the customer agreed to, or frees what he declined, and tells the model as a tool's result."""

    async def settle_proposal(state: State, runtime: Runtime[Context]) -> dict[str, Any]:
        briefing, context = state["briefing"], runtime.context
        answer, proposal = customers_answer(briefing), briefing.proposal
        if proposal is None or answer not in ("yes", "no"):
            return {}
        result, name, args = await _settled(db, context, briefing, proposal, answer)
        log.info("[CLIENT-AI] Proposal settled", answer=answer, kind=proposal.kind, success=result["success"])
        call = {"id": f"settled-{proposal.id}", "name": name, "args": args, "type": "tool_call"}
        return {"messages": [AIMessage("", tool_calls=[call]), result_message(f"settled-{proposal.id}", name, result, briefing)]}

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
    except stored.Elsewhere:
        return Refused(error=ELSEWHERE, say=IS_ELSEWHERE).as_json(), name, args
    except stored.Taken:
        return Refused(error=TAKEN, say=WAS_TAKEN).as_json(), name, args
