"""The simulator: two phones that talk to the shop, for trying it out. Served only where the setting says so, and to this machine alone."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field
from redis.exceptions import RedisError
from sse_starlette import EventSourceResponse
from structlog.contextvars import get_contextvars

from service.language.text import LONGEST_TEXT
from service.messaging import inbox, intake
from service.platform import events
from service.platform.errors import Forbidden, NotFound
from service.web import simulation
from service.web.dependencies import Db
from service.web.pages import render, serves_simulator

PERSON = "Equipe da loja (simulador)"


def _only_where_on(request: Request) -> None:
    if not serves_simulator(request):
        raise NotFound("O simulador está desligado nesta instalação.")


def _only_from_here(request: Request) -> None:
    """Refuse other sites: the page has no sign-in, so another site open in the same browser could write through it."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("Só a própria página do simulador pode escrever aqui.")


router = APIRouter(dependencies=[Depends(_only_where_on)], include_in_schema=False)
writes = [Depends(_only_from_here)]


async def organization_of(db: Db, conversation_id: UUID) -> UUID:
    """Return whose the conversation in the path is. Raises NotFound for one that is not of the simulator."""
    return await simulation.organization_of(db, conversation_id)


OrganizationId = Annotated[UUID, Depends(organization_of)]


class CustomerMessage(BaseModel):
    """What somebody typed on one of the two phones. Sent again with the same `id` it is the same message."""

    instance_id: UUID
    phone: str = Field(max_length=32)
    name: str | None = Field(None, max_length=80)
    content: str = Field(max_length=LONGEST_TEXT)
    after: int = 0
    id: UUID | None = None


class PersonMessage(BaseModel):
    content: str = Field(min_length=1, max_length=LONGEST_TEXT)


class HandBack(BaseModel):
    note: str | None = Field(None, max_length=2000)


@router.get("/", response_class=HTMLResponse)
async def page(request: Request, db: Db) -> Response:
    """Show the two phones and the log; or, with no shop to talk to, how to get one."""
    shops = await simulation.shops(db)
    return render(request, "simulator.html" if shops else "empty.html", shops=shops, longest=LONGEST_TEXT)


@router.get("/simulator/conversations")
async def conversation(db: Db, instance_id: UUID, phone: str, after: int = 0) -> simulation.PhoneView:
    """Show one phone's conversation: messages whose `seq` is beyond `after`, states of the others, whether an answer is on its way."""
    return await simulation.view(db, await simulation.shop_of(db, instance_id), phone, after=after)


@router.post("/simulator/messages", dependencies=writes)
async def send(request: Request, db: Db, body: CustomerMessage) -> simulation.PhoneView:
    """Take a text from one of the phones as a webhook would; answers with the phone's conversation."""
    state = request.app.state
    shop = await simulation.shop_of(db, body.instance_id)
    delivery = simulation.delivery(shop, phone=body.phone, name=body.name, text=body.content, message_id=body.id)
    await intake.receive(db, [delivery], settings=state.settings, correlation_id=correlation_id(), redis=state.redis)
    return await simulation.view(db, shop, body.phone, after=body.after)


@router.post("/simulator/conversations/{conversation_id}/messages", status_code=202, dependencies=writes)
async def answer(request: Request, db: Db, organization_id: OrganizationId, conversation_id: UUID, body: PersonMessage) -> None:
    """Answer the customer as a person of the shop."""
    await inbox.send_as_person(db, organization_id, conversation_id, body.content, author=PERSON, correlation_id=correlation_id())
    await events.publish(request.app.state.redis, conversation_id, "message")


@router.post("/simulator/conversations/{conversation_id}/handback", status_code=202, dependencies=writes)
async def hand_back(request: Request, db: Db, organization_id: OrganizationId, conversation_id: UUID, body: HandBack) -> None:
    """Give the conversation back to the assistant."""
    await inbox.hand_back(db, organization_id, conversation_id, body.note, by=PERSON, correlation_id=correlation_id())
    await events.publish(request.app.state.redis, conversation_id, "escalation")


@router.get("/simulator/conversations/{conversation_id}/log", dependencies=[Depends(organization_of)])
async def log_lines(
    request: Request, conversation_id: UUID, after: Annotated[str | None, Query(pattern=r"^\d+-\d+$")] = None
) -> list[simulation.LogEntry]:
    """List the conversation's newest log lines after the one whose id is `after`; none while Redis is away."""
    try:
        lines = await events.read_log(request.app.state.redis, conversation_id, after)
    except RedisError:
        return []
    return [simulation.log_entry(line) for line in lines]


@router.get("/simulator/events")
async def hints(request: Request, db: Db, conversation: Annotated[list[UUID], Query(min_length=1, max_length=8)]) -> Response:
    """Send hints `{"conversation_id", "kind"}` for these conversations. Ends where Redis fails; the browser comes back."""
    for conversation_id in conversation:
        await simulation.organization_of(db, conversation_id)

    async def stream() -> AsyncIterator[dict[str, object]]:
        try:
            async for hint in events.subscribe(request.app.state.redis, conversation):
                yield {"event": "hint", "data": f'{{"conversation_id": "{hint.conversation_id}", "kind": "{hint.kind}"}}', "retry": 2000}
        except RedisError:
            return

    return EventSourceResponse(stream(), ping=15, headers={"Cache-Control": "no-store"})


@router.get("/simulator/threads/{conversation_id}", response_class=HTMLResponse, dependencies=[Depends(organization_of)])
async def thread(request: Request, db: Db, conversation_id: UUID) -> Response:
    """Show the conversation's thread as the checkpointer keeps it, readable."""
    parts = await simulation.thread(db, conversation_id)
    return render(request, "thread.html", conversation_id=conversation_id, parts=parts)


def correlation_id() -> str:
    """Return the request's id where the application bound one, else a new one."""
    return str(get_contextvars().get("correlationId") or uuid4())
