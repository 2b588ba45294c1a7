"""Failures as one JSON sentence. Nothing from outside gets a stack trace."""

import math

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import OperationalError
from psycopg.errors import ReadOnlySqlTransaction
from psycopg_pool import PoolClosed, PoolTimeout, TooManyRequests
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from service.platform import addresses
from service.platform.errors import AppError, TooManyAttempts
from service.web import validation

log = structlog.get_logger()

SENTENCES = {
    400: "O corpo do pedido não pôde ser lido.",
    404: "Este endereço não existe.",
    405: "Este endereço não aceita este método.",
    413: "O corpo do pedido é maior que 1 MiB.",
}


def install(app: FastAPI) -> None:
    """Answer every failure in one shape: `{"error": "…"}`."""

    @app.exception_handler(AppError)
    async def expected(_: Request, error: AppError) -> JSONResponse:
        headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
        return JSONResponse({"error": str(error)}, error.status, headers=headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse({"error": validation.sentence(error.errors()[0])}, 422)

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse({"error": SENTENCES.get(error.status_code, error.detail)}, error.status_code, headers=error.headers)

    @app.exception_handler(ClientDisconnect)
    async def gone(_: Request, error: ClientDisconnect) -> JSONResponse:
        return JSONResponse({"error": "A conexão terminou antes do corpo do pedido."}, 400)

    @app.exception_handler(TooManyAttempts)
    async def slower(_: Request, error: TooManyAttempts) -> JSONResponse:
        return JSONResponse({"error": str(error)}, error.status, headers={"Retry-After": str(math.ceil(error.retry_after))})

    async def unreachable(_: Request, error: Exception) -> JSONResponse:
        log.error("[API] Database unreachable", err=addresses.reason(error))
        return JSONResponse({"error": "O banco de dados não respondeu; tente de novo em instantes."}, 503, headers={"Retry-After": "5"})

    # One that only reads, as a stand-by does, is no more use than one that is gone.
    for unavailable in (OperationalError, ReadOnlySqlTransaction, PoolTimeout, PoolClosed, TooManyRequests):
        app.add_exception_handler(unavailable, unreachable)

    @app.exception_handler(Exception)
    async def unexpected(_: Request, error: Exception) -> JSONResponse:
        log.error("[API] Unexpected failure", errorType=type(error).__name__, exc_info=error)
        return JSONResponse({"error": "Algo deu errado do nosso lado; a falha foi registrada."}, 500)
