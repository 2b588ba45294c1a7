"""A fake of an Evolution API v2 server, and builders for its webhooks."""

import base64
import math
import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from aiohttp import web

from tests.kit.fakes.server import FakeServer, Fault, parser, reset, serve

INSTANCE = "loja"


@dataclass(frozen=True)
class Sent:
    """A text that the fake accepted."""

    id: str
    instance: str
    number: str
    text: str


def error(status: int, *messages: Any) -> Fault:
    """Build a refusal in Evolution's own shape."""
    return Fault(status=status, body={"status": status, "error": "Bad Request", "response": {"message": list(messages)}})


NOT_ON_WHATSAPP = error(400, {"jid": "5511900000000@s.whatsapp.net", "exists": False, "number": "5511900000000"})
DISCONNECTED = error(400, "Error: Connection Closed")


class FakeEvolution(FakeServer):
    """`url` is an instance's `api_url`. `read` calls stand in `reads`, typing in `typing`, both as sent.

    `history` is what it has stored of the chats, in any order, as `upsert` builds it; `state` is its connection's.
    `files` holds content and type by message id.
    """

    def __init__(self, *, apikey: str | None = None, **server: Any) -> None:
        super().__init__(**server)
        self.apikey = apikey
        self.sends: list[Sent] = []
        self.reads: list[Any] = []
        self.typing: list[Any] = []
        self.history: list[Any] = []
        self.state = "open"
        self.files: dict[str, tuple[bytes, str]] = {}

    def clear(self) -> None:
        super().clear()
        for seen in (self.sends, self.reads, self.typing, self.history):
            seen.clear()
        self.files.clear()

    def record(self) -> dict[str, Any]:
        return super().record() | {"sends": [vars(s) for s in self.sends], "reads": self.reads, "typing": self.typing}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/message/sendText/{instance}", self._answer),
            web.post("/chat/markMessageAsRead/{instance}", self._answer),
            web.post("/chat/sendPresence/{instance}", self._answer),
            web.post("/chat/findMessages/{instance}", self._answer),
            web.get("/instance/connectionState/{instance}", self._answer),
            web.post("/chat/getBase64FromMediaMessage/{instance}", self._file),
        ]

    async def _file(self, request: web.Request) -> web.Response:
        """Hand out a file as Evolution does, by the message that it came with."""
        if (met := await self.meet_file(request)) is not None:
            return met
        asked = (await request.json())["message"]
        if not asked.get("message") or asked["key"]["id"] not in self.files:
            gone = {"status": 400, "error": "Bad Request", "response": {"message": ["Error: Message not found"]}}
            return web.json_response(gone, status=400)
        content, mime = self.files[asked["key"]["id"]]
        encoded = base64.b64encode(content).decode()
        told = {"mediaType": "audioMessage", "fileName": "1.oga", "size": {"fileLength": str(len(content))}, "mimetype": mime}
        return web.json_response(told | {"base64": encoded, "buffer": None}, status=201)

    async def _answer(self, request: web.Request) -> web.Response:
        body = await self.read(request) if request.can_read_body else {}
        if self.apikey is not None and request.headers.get("apikey") != self.apikey:
            return web.json_response({"status": 401, "error": "Unauthorized", "response": {"message": "Unauthorized"}}, status=401)
        fault = self.fault_for(body)
        met = await self.meet(request, fault)
        if met is not None:
            return met
        result = self._accept(request.path.split("/")[2], request.match_info["instance"], body)
        self.changed()
        return reset(request) if fault.reset == "after" else web.json_response(result, status=201)

    def _accept(self, action: str, instance: str, body: Any) -> dict[str, Any]:
        if action == "connectionState":
            return {"instance": {"instanceName": instance, "state": self.state}}
        if action == "findMessages":
            return self._page(body)
        if action == "markMessageAsRead":
            self.reads.append(body)
            return {"message": "Read messages", "read": "success"}
        if action == "sendPresence":
            self.typing.append(body)
            return {"presence": body["presence"]}
        id = uuid4().hex.upper()
        self.sends.append(Sent(id, instance, body["number"], body["text"]))
        jid = body["number"] if "@" in body["number"] else f"{body['number']}@s.whatsapp.net"
        return {
            "key": {"remoteJid": jid, "fromMe": True, "id": id},
            "pushName": "Você",
            "status": "PENDING",
            "message": {"conversation": body["text"]},
            "messageType": "conversation",
            "messageTimestamp": int(time.time()),
        }

    def _page(self, body: Any) -> dict[str, Any]:
        """Return what a page holds, the newest first; `offset` is how much that is."""
        page, size = body.get("page") or 1, body.get("offset") or 50
        rows = sorted(self.history, key=lambda row: -row["messageTimestamp"])
        records = rows[(page - 1) * size : page * size]
        return {"messages": {"total": len(rows), "pages": math.ceil(len(rows) / size), "currentPage": page, "records": records}}


# What Evolution sends


def upsert(
    jid: str, message: Any, *, id: str | None = None, name: str = "Cliente", timestamp: float | None = None, **key: Any
) -> dict[str, Any]:
    """Build the `data` of `messages.upsert`; text stands for `{"conversation": …}`, further arguments go into `key`."""
    content = {"conversation": message} if isinstance(message, str) else message
    return {
        "key": {"remoteJid": jid, "fromMe": False, "id": id or uuid4().hex.upper(), **key},
        "pushName": name,
        "status": "DELIVERY_ACK",
        "message": content,
        "messageType": next(iter(content), "unknown") if isinstance(content, dict) else "unknown",
        "messageTimestamp": int(timestamp or time.time()),
        "source": "android",
    }


def update(id: str, status: str, jid: str, *, from_me: bool = True) -> dict[str, Any]:
    """Build the `data` of `messages.update`."""
    return {"keyId": id, "remoteJid": jid, "fromMe": from_me, "status": status}


def webhook_body(data: Any, *, event: str = "messages.upsert", instance: str = INSTANCE) -> dict[str, Any]:
    """Build the envelope; `sender` is the shop's own number."""
    return {"event": event, "instance": instance, "data": data, "sender": "551133330001@s.whatsapp.net", "apikey": "chave"}


def main() -> None:
    options = parser(__doc__ or "")
    options.add_argument("--apikey", help="refuse other keys")
    chosen = options.parse_args()
    serve(FakeEvolution(apikey=chosen.apikey, host=chosen.host, port=chosen.port))


if __name__ == "__main__":
    main()
