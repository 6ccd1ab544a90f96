"""For whoever runs the server: whether it is well, and numbers for Prometheus."""

from __future__ import annotations

import hmac

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.concurrency import run_in_threadpool

from variorum.model import VariorumError
from variorum.web.asking import OpenLedger

router = APIRouter()

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


@router.get("/health")
async def health() -> Response:
    """Whether the server answers at all. Asks nothing of the ledger."""
    return JSONResponse({"status": "well"}, headers={"Cache-Control": "no-store"})


@router.get("/health/ready")
def ready(ledger: OpenLedger) -> Response:
    """Whether pages can be had: 503 where the ledger cannot be reached, or is of another form than this version's."""
    try:
        form = ledger.is_current()
        told = {
            "status": "ready" if form else "not ready",
            "ledger": "reachable",
            "form": "current" if form else "another",
        }
    except VariorumError as error:
        told = {"status": "not ready", "ledger": error.code, "form": "unknown"}
    status = 200 if told["status"] == "ready" else 503
    return JSONResponse(told, status, headers={"Cache-Control": "no-store"})


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Numbers for Prometheus. To this machine only, or to whoever brings the token that the server was given."""
    if not _may_know(request):
        raise HTTPException(404)
    text = await run_in_threadpool(generate_latest, request.app.state.measures.registry)
    return Response(text, media_type=CONTENT_TYPE_LATEST)


def _may_know(request: Request) -> bool:
    token = request.app.state.settings.metrics_token
    if token is not None:
        given = request.headers.get("authorization", "").encode()
        return hmac.compare_digest(given, f"Bearer {token}".encode())
    from variorum.web.serving import is_loopback  # not before: serving needs the pages

    # A proxy on this machine passes on what others ask: they are not of this machine.
    is_passed_on = any(name in request.headers for name in _FORWARDED)
    return request.client is not None and is_loopback(request.client.host) and not is_passed_on
