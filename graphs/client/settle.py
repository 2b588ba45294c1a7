"""What was proposed to the customer is settled by his own words, before the model is asked: agreed to, declined, or left open."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from langchain_core.messages import AIMessage, AnyMessage, ToolMessage
from langgraph.runtime import Runtime

from graphs.context import Context
from graphs.history import READABLE, unanswered
from graphs.receipts import PROPOSING
from graphs.state import State
from service.agenda import agreement, proposals
from service.agenda.agreement import Answer
from service.agenda.proposals import ProposalKind
from service.agenda.queries import proposals as stored
from service.agenda.visits import Item
from service.platform import clock
from service.platform.database import Database
from service.platform.journal import Effect
from service.turns.queries.briefing import Briefing

log = structlog.get_logger()

EXPIRED = "O prazo desta proposta passou e nada foi feito. Consulte de novo e proponha outra vez, se o cliente ainda quiser."
TAKEN = (
    "Não deu: o horário foi ocupado ou o agendamento mudou enquanto o cliente decidia. Nada foi feito; consulte e ofereça outros horários."
)
# What was written so much earlier than the question, however late it came in, is no answer to it. WhatsApp's clock tells whole seconds.
CLOCKS_DIFFER = timedelta(seconds=5)
DECLINED = "O cliente não quis. Nada foi feito, e o horário ficou livre."
KEPT = "O cliente desistiu de cancelar. O agendamento continua valendo."


def customers_answer(briefing: Briefing) -> Answer | None:
    """Yes or no to the open proposal, where what the customer wrote follows the very message that stated it; None for anything else."""
    proposal, waiting = briefing["proposal"], unanswered(briefing)
    if proposal is None or not waiting or any(row["message_type"] not in READABLE for row in waiting):
        return None
    before = [row for row in briefing["history"] if row["seq"] < waiting[0]["seq"] and row["direction"] == "outgoing"]
    # What waits to be sent has not been read.
    if not before or not before[-1]["sent_by_ai"] or before[-1]["status"] in ("queued", "failed"):
        return None
    question = before[-1]
    if datetime.fromisoformat(waiting[0]["at"]) < datetime.fromisoformat(question["at"]) - CLOCKS_DIFFER:
        return None
    if any(row["quoted_external_id"] not in (None, question["external_id"]) for row in waiting):
        return None
    zone = briefing["organization"]["timezone"]
    if not proposals.states(question["content"], proposal["kind"], proposal["items"], zone):
        return None
    items = [Item.model_validate(item) for item in proposal["items"]]
    today = clock.local(datetime.fromisoformat(briefing["now"]), zone).date()
    # Reminders and offers have fixed words, a model has not.
    fixed = question["author"] == "system" or question["content"].endswith(proposals.ask(proposal["kind"], items, zone))
    if not fixed and not proposals.asks(question["content"], proposal["items"], today, zone):
        return None
    others = [thing["name"] for thing in (*briefing["pets"], *briefing["services"])]
    return agreement.decide(agreement.as_one(waiting), proposal["kind"], items, today, zone, others)


def with_question(text: str, turn: Sequence[AnyMessage], briefing: Briefing) -> str:
    """A reply in a turn that proposed something, with the proposal's own question where the model did not state all of it.

    What the customer says yes to is what he has read.
    """
    results = [json.loads(str(m.content)) for m in turn if isinstance(m, ToolMessage) and m.name in PROPOSING]
    asked: dict[str, Any] = next((r for r in reversed(results) if r.get("success") or r.get("awaiting_confirmation")), {})
    if not asked.get("awaiting_confirmation"):
        return text
    proposal = asked["proposal"]
    zone = briefing["organization"]["timezone"]
    today = clock.local(datetime.fromisoformat(briefing["now"]), zone).date()
    stated = proposals.states(text, proposal["kind"], proposal["items"], zone) and (
        text.endswith(asked["ask"]) or proposals.asks(text, proposal["items"], today, zone)
    )
    return text if stated else f"{text}\n\n{asked['ask']}"


def build_settle_proposal(db: Database) -> Any:
    """The node that commits what the customer agreed to, or frees what he declined, and tells the model as a tool's result."""

    async def settle_proposal(state: State, runtime: Runtime[Context]) -> dict[str, Any]:
        briefing, context = state["briefing"], runtime.context
        answer, proposal = customers_answer(briefing), briefing["proposal"]
        if answer is None or proposal is None:
            return {}
        result, name, args = await _settled(db, context, briefing, proposal, answer)
        log.info("[CLIENT-AI] Proposal settled", answer=answer, kind=proposal["kind"], success=result["success"])
        call = {"id": f"settled-{proposal['id']}", "name": name, "args": args, "type": "tool_call"}
        said = ToolMessage(json.dumps(result, ensure_ascii=False), tool_call_id=call["id"], name=name)
        return {"messages": [AIMessage("", tool_calls=[call]), said]}

    return settle_proposal


async def _settled(
    db: Database, context: Context, briefing: Briefing, proposal: dict[str, Any], answer: Answer
) -> tuple[dict[str, Any], str, dict[str, Any]]:
    """What came of it, and the call under which the model is told."""
    kind: ProposalKind = proposal["kind"]
    late = None
    name, args, result = proposal["call"]["name"], proposal["call"]["args"], proposal["result"]
    items = [Item.model_validate(item) for item in proposal["items"]]
    if proposal["expired"]:
        return {"success": False, "expired": True, "error": EXPIRED}, name, args
    if refuses_to_come := answer == "no" and kind == "confirm":
        kind, name, args = "cancel", "cancel_appointment", {}
        now = datetime.fromisoformat(briefing["now"])
        late = proposals.late_notice(briefing["settings"]["cancel_notice_minutes"], items, now)
    effect = Effect(
        conversation_id=context.conversation_id,
        turn_id=context.turn_id,
        tool_call_id=f"settled-{proposal['id']}",
        name=name,
        args=args,
        lease_token=context.lease_token,
    )
    ids = {"proposal_id": UUID(proposal["id"]), "contact_id": context.contact_id}
    try:
        if not late and (answer == "yes" or refuses_to_come):
            await stored.accept(db, context.organization_id, effect, kind=kind, items=items, result=result, **ids)
            return result, name, args
        await stored.decline(db, context.organization_id, effect, **ids)
        if late:
            # The question is over: a yes to the person who is offered now is no yes to the visit.
            return {"success": False, "error": late}, name, args
        return {"success": False, "declined": True, "message": KEPT if kind == "cancel" else DECLINED}, name, args
    except stored.Taken:
        return {"success": False, "error": TAKEN}, name, args
