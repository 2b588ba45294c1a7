"""The pages: what all of them share, the day's board, and the API's description. They hold nothing of a shop; they ask the API."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from service.platform.settings import Settings
from service.web.private import here_or_known, is_here

WEB = Path(__file__).parent
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
POLICY = "; ".join(f"{directive} {sources}" for directive, sources in STRICT.items())


@dataclass(frozen=True, slots=True)
class Place:
    """A page that every page links to."""

    name: str
    path: str


class Static(StaticFiles):
    """Style sheets and scripts; browsers ask each time whether theirs is still the newest."""

    def __init__(self) -> None:
        super().__init__(directory=WEB / "static")

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


templates = Jinja2Templates(WEB / "templates")
router = APIRouter(include_in_schema=False)


@router.get("/agenda", response_class=HTMLResponse)
async def board(request: Request) -> Response:
    """Show the day's board: it asks for a token once, and keeps it as long as the browser's tab is open."""
    return render(request, "board.html")


@router.get("/openapi.json", dependencies=[Depends(here_or_known)])
async def openapi(request: Request) -> Response:
    """Describe the API's operations."""
    return JSONResponse(request.app.openapi())


@router.get("/docs", response_class=HTMLResponse, dependencies=[Depends(here_or_known)])
async def docs(request: Request) -> Response:
    """Show the API's operations, with swagger-ui from our own files."""
    return render(request, "docs.html")


def serves_simulator(request: Request) -> bool:
    """Tell whether a request may have the simulator: where it was asked for, from this machine alone unless it was asked for twice."""
    settings: Settings = request.app.state.settings
    return settings.simulator and (settings.simulator_open or is_here(request))


def render(request: Request, name: str, **context: object) -> Response:
    """Draw a page, with the places to go to from it and whether the offline model answers."""
    settings: Settings = request.app.state.settings
    simulator = [Place("Simulador", "/")] if serves_simulator(request) else []
    shared = {"places": [*simulator, Place("Agenda", "/agenda"), Place("API", "/docs")], "offline_model": settings.offline_model}
    return templates.TemplateResponse(request, name, shared | context, headers={"Content-Security-Policy": POLICY})
