"""Prometheus' view."""

from fastapi import APIRouter, Depends, Response
from prometheus_client import CONTENT_TYPE_LATEST

from service.platform import telemetry
from service.web.private import here_or_operator

router = APIRouter(tags=["health"])


@router.get("/metrics", dependencies=[Depends(here_or_operator)])
async def metrics() -> Response:
    """Write the metrics in Prometheus' text format: to this machine, and to others with the installation's token."""
    return Response(telemetry.render(), media_type=CONTENT_TYPE_LATEST)
