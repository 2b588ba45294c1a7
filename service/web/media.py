"""Files of messages, by the links that a conversation shows."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from service.messaging.media import links
from service.web.dependencies import Db

# What browsers show or play by themselves.
SHOWN = frozenset({"audio", "image", "video"})

router = APIRouter(tags=["inbox"])


@router.get("/media/{media_id}", response_class=Response)
async def read_file(
    request: Request, db: Db, media_id: UUID, until: Annotated[int, Query(ge=0, lt=2**40)], signature: Annotated[str, Query(max_length=64)]
) -> Response:
    """Hand out the file of a signed link."""
    file = await links.opened(db, request.app.state.files, media_id, until=until, signature=signature)
    how = "inline" if file.kind in SHOWN else "attachment"
    return Response(file.content, media_type=file.mime, headers={"Content-Disposition": how})
