"""The pages: what all of them share, and the day's board. A page holds nothing of a shop; it asks the API with its reader's token."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.templating import Jinja2Templates

from service.platform.errors import NotFound

WEB = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

templates = Jinja2Templates(WEB / "templates")
router = APIRouter(include_in_schema=False)


@router.get("/agenda", response_class=HTMLResponse)
async def board(request: Request) -> Response:
    """The day's board: it asks for a token once, and keeps it as long as the browser's tab is open."""
    return render(request, "board.html", assets="/static")


@router.get("/static/{name}")
async def static(name: str) -> Response:
    """Style sheets and modules of the pages."""
    return asset(name)


def render(request: Request, name: str, **context: Any) -> Response:
    """A page; `assets` is where its style sheets are served."""
    return templates.TemplateResponse(request, name, context, headers=HEADERS)


def asset(name: str) -> Response:
    """A file of the pages. Raises NotFound."""
    path = WEB / "static" / name
    if path.parent != WEB / "static" or not path.is_file():
        raise NotFound("Este arquivo não existe.")
    return FileResponse(path, headers={"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"})
