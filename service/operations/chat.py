"""The simulator in a terminal: type as a customer or as the owner, read the replies. The running servers do the answering."""

import asyncio
import sys
import threading
from secrets import randbelow
from uuid import UUID, uuid4

from service.messaging import intake
from service.platform import clock
from service.platform.database import Database, opened
from service.platform.errors import BadRequest, Misconfigured, NotFound
from service.platform.settings import Settings
from service.web import simulation
from service.web.simulation import PhoneMessage, Shop

LOOK_EVERY = 0.5
LAST_WORDS = 90.0


def run_chat(settings: Settings, *, owner: bool = False, phone: str | None = None, shop: str | None = None) -> None:
    """Chat until the input ends (Ctrl-D), waiting for the last reply where the input was piped in.

    `owner` speaks from the shop's first owner number, else `phone` or a fresh fictitious number; `shop` is part of a shop's name.
    Raises Misconfigured without a database or worker queue, NotFound without a shop to talk to, BadRequest for a bad number.
    """
    if not settings.database_url or not settings.redis_url:
        raise Misconfigured("DATABASE_URL e REDIS_URL precisam apontar para os servidores em uso (deixe `patas up` rodando).")
    asyncio.run(_chat(settings, settings.database_url, owner, phone, shop))


async def _chat(settings: Settings, database_url: str, owner: bool, phone: str | None, shop_name: str | None) -> None:
    async with opened(database_url, size=2) as db:
        shop = await _choose(db, shop_name)
        name, number = _person(shop, owner, phone)
        _say(f"{shop.name} · você é {name or 'o cliente'} (+{number}). Escreva e tecle Enter; Ctrl-D encerra.")
        known = await simulation.view(db, shop, number)
        for message in known.messages[-6:]:
            _show(shop, message, mine=True)
        seen = {message.id for message in known.messages}
        lines: asyncio.Queue[str | None] = asyncio.Queue()
        threading.Thread(target=_read_lines, args=(asyncio.get_running_loop(), lines), daemon=True).start()
        replies = asyncio.create_task(_follow(db, shop, number, seen))
        try:
            while (text := await lines.get()) is not None:
                if text.strip():
                    delivery = simulation.delivery(shop, phone=number, name=name, text=text)
                    await intake.receive(db, [delivery], settings=settings, correlation_id=str(uuid4()))
                if replies.done():
                    replies.result()
            if not sys.stdin.isatty():
                await _wait_for_last_words(db, shop, number)
        finally:
            replies.cancel()
        await _print_new(db, shop, number, seen)


async def _choose(db: Database, name: str | None) -> Shop:
    found = [shop for shop in await simulation.shops(db) if not name or name.casefold() in shop.name.casefold()]
    if not found:
        raise NotFound("Nenhuma loja com esse nome no simulador." if name else "Nenhuma loja no simulador: rode `patas seed`.")
    return found[0]


def _person(shop: Shop, owner: bool, phone: str | None) -> tuple[str | None, str]:
    if owner and not phone:
        if not shop.owner_phone:
            raise NotFound(f"{shop.name} não tem número de dono cadastrado.")
        return shop.owner_name, simulation.digits(shop.owner_phone)
    if owner:
        raise BadRequest("Escolha --owner ou --phone, não os dois.")
    return None, simulation.digits(phone) if phone else f"55119{randbelow(10**8):08d}"


def _read_lines(loop: asyncio.AbstractEventLoop, lines: "asyncio.Queue[str | None]") -> None:
    for line in sys.stdin:
        loop.call_soon_threadsafe(lines.put_nowait, line.rstrip("\n"))
    loop.call_soon_threadsafe(lines.put_nowait, None)


async def _follow(db: Database, shop: Shop, number: str, seen: set[UUID]) -> None:
    while True:
        await _print_new(db, shop, number, seen)
        await asyncio.sleep(LOOK_EVERY)


async def _print_new(db: Database, shop: Shop, number: str, seen: set[UUID]) -> None:
    view = await simulation.view(db, shop, number)
    for message in view.messages:
        if message.id not in seen:
            seen.add(message.id)
            _show(shop, message)


async def _wait_for_last_words(db: Database, shop: Shop, number: str) -> None:
    for _ in range(round(LAST_WORDS / LOOK_EVERY)):
        if not (await simulation.view(db, shop, number)).typing:
            return
        await asyncio.sleep(LOOK_EVERY)


def _show(shop: Shop, message: PhoneMessage, *, mine: bool = False) -> None:
    at = f"{clock.local(message.created_at, shop.timezone):%H:%M}"
    if message.direction == "outgoing":
        _say(f"{at} {shop.name if message.sent_by_ai else 'Equipe'}: {message.content}")
    elif mine:
        _say(f"{at} você: {message.content}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
