"""The parent graph: take in what is new, then Aurora for an owner, the client agent for everybody else."""

from typing import Any

from langchain_core.messages import AIMessage, RemoveMessage, ToolMessage
from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from graphs.aurora.graph import build_aurora_graph
from graphs.client.graph import build_client_graph
from graphs.consent import build_confirm_wish, only_wish
from graphs.context import Context
from graphs.history import as_message, is_readable, newest_seq, replayed, reread, unsaid, unseen
from graphs.loop import drafts, this_turn
from graphs.models import Models
from graphs.state import State
from graphs.unclaimed import Load, begun, refused
from graphs.unheard import ask_to_write, lacks_words, mention_unheard
from service.platform.database import Database
from service.platform.settings import Settings
from service.turns.briefing import Briefing

UNREADABLE = (
    "Recebi, obrigado! Por enquanto só consigo ler mensagens de texto por aqui. "
    "Pode me escrever o que você precisa? Se preferir falar com uma pessoa, é só pedir. 🐾"
)


def still_answers(state: State, briefing: Briefing) -> bool:
    """Tell whether a finished but uncommitted reply may stand: what was claimed is what it read, or it comes after all that the turn did.

    A reply that was overtaken before the turn acted knows nothing of what a later attempt did, and answers less than was claimed, or what
    the customer has changed since.
    """
    claimed = {str(message.id) for message in briefing.unanswered}
    did = {effect.tool_call_id for effect in briefing.effects if str(effect.turn_id) == state["turn_id"]}
    known = {message.tool_call_id for message in this_turn(state) if isinstance(message, ToolMessage)}
    read = claimed <= set(state["answered"]) and not reread(briefing, state.get("messages") or [])
    return read or bool(did and did <= known)


def withdrawn_turn(state: State, briefing: Briefing) -> bool:
    """Tell whether all that a thread's last turn took in was deleted before it was answered: then nothing of the turn was said either."""
    answered = state.get("answered") or []
    return bool(answered) and set(answered) <= {str(id) for id in briefing.withdrawn}


async def destination(state: State, runtime: Runtime[Context]) -> str:
    """Return who answers: nobody where a reply stands or nothing waits, fixed words, Aurora for an owner, else the client agent."""
    if state.get("reply"):
        return END
    if only_wish(state["briefing"]):
        return "confirm_wish"
    waiting = state["briefing"].unanswered
    if waiting and not any(map(is_readable, waiting)):
        return "reply_unreadable"
    # Handed back by a person after a run that never parked: unless the customer waits, there is nothing to say.
    if state["briefing"].handback and not waiting:
        return END
    return "aurora" if runtime.context.is_owner else "client"


async def reply_unreadable(state: State) -> dict[str, Any]:
    """Answer messages without words in fixed ones."""
    said = ask_to_write(state["briefing"]) or UNREADABLE
    return {"messages": [AIMessage(said)], "reply": said}


async def after_reply(state: State) -> str:
    """Return what follows a reply: a word on the voice notes that it knows nothing of."""
    return "mention_unheard" if lacks_words(state) else END


def build_graph(
    db: Database,
    models: Models,
    settings: Settings,
    *,
    checkpointer: Any = None,
    context_schema: type[Context] = Context,
    load: Load = refused,
) -> Any:
    """Build the whole graph over its collaborators. One thread per conversation; run it only through `graphs.runner`.

    `context_schema` and `load` are LangGraph Studio's, which knows a conversation to fall back on and runs without a claimed turn;
    production demands every id and the turn's briefing.
    """

    async def route(state: State, runtime: Runtime[Context]) -> State:
        """Take in the rows that the thread has not seen, and what a broken-off attempt of this turn had already done."""
        context, briefing = runtime.context, state.get("briefing")
        if briefing is None:
            return begun(state, context, await load(context))
        turn_id = str(context.turn_id)
        again = state.get("turn_id") == turn_id
        if again and state.get("reply") and still_answers(state, briefing):
            return {"briefing": briefing}
        rows, changed = unseen(briefing, state.get("seen_seq", 0)), reread(briefing, state.get("messages") or [])
        void = drafts(state, briefing) if again or withdrawn_turn(state, briefing) else unsaid(state, briefing)
        messages = [*void, *changed, *map(as_message, rows), *replayed(briefing, context.turn_id)]
        gone = {m.id for m in messages if isinstance(m, RemoveMessage)}
        start = state.get("turn_start") if again and state.get("turn_start") not in gone else None
        if start is None:
            waiting = [str(message.id) for message in briefing.unanswered] if again else []
            first = next((m.id for m in messages if not isinstance(m, RemoveMessage)), None)
            start = next(iter(waiting), first)
        return {
            "briefing": briefing,
            "messages": messages,
            "turn_id": turn_id,
            "turn_start": start,
            "answered": [str(message.id) for message in briefing.unanswered],
            "seen_seq": newest_seq(briefing),
            "reply": None,
            "escalation": None,
        }

    graph = StateGraph(State, context_schema=context_schema)
    graph.add_node("route", route)
    graph.add_node("reply_unreadable", reply_unreadable)
    graph.add_node("confirm_wish", build_confirm_wish(db))
    graph.add_node("mention_unheard", mention_unheard)
    graph.add_node("aurora", build_aurora_graph(db, models, settings))
    graph.add_node("client", build_client_graph(db, models, settings, load))
    graph.add_edge(START, "route")
    graph.add_conditional_edges("route", destination, ["aurora", "client", "reply_unreadable", "confirm_wish", END])
    graph.add_edge("reply_unreadable", END)
    graph.add_edge("confirm_wish", END)
    graph.add_conditional_edges("aurora", after_reply, ["mention_unheard", END])
    graph.add_conditional_edges("client", after_reply, ["mention_unheard", END])
    graph.add_edge("mention_unheard", END)
    return graph.compile(checkpointer=checkpointer, name="patas")
