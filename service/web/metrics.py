"""Prometheus' view."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from service.platform import telemetry

router = APIRouter(tags=["health"])


@router.get("/metrics")
async def metrics() -> Response:
    """Write the metrics in Prometheus' text format."""
    return Response(telemetry.render(), media_type=CONTENT_TYPE_LATEST)
