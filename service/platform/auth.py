"""Who is calling the API: the operator by the installation's token, or a shop's staff by Supabase Auth."""

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import httpx
import structlog

from service.platform.errors import AppError, Misconfigured, Unauthorized
from service.platform.settings import Settings

if TYPE_CHECKING:
    from supabase import AsyncClient

log = structlog.get_logger()

# What Supabase says of a token itself; any other refusal is about the service.
BAD_TOKEN = frozenset({400, 401, 403, 404})

REFUSED = "Entre com um token válido no cabeçalho Authorization."


class SignInUnavailable(AppError):
    """Supabase Auth can't be asked right now."""

    status = 503


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody whose token was verified; `user_id` is None for the operator. `name` is what messages and cases are signed with."""

    name: str
    user_id: UUID | None = None


OPERATOR = Caller("operator")


class Authenticator:
    """Verifies bearer tokens. The Supabase client is made at first use, and only where a project is set."""

    def __init__(self, settings: Settings, api_token: str, http: httpx.AsyncClient) -> None:
        if settings.supabase_url and not settings.supabase_service_role_key:
            raise Misconfigured("SUPABASE_URL is set, so SUPABASE_SERVICE_ROLE_KEY must be set too.")
        self._settings = settings
        self._api_token = api_token.encode()
        self._http = http
        self._supabase: AsyncClient | None = None

    async def identify(self, bearer: str | None) -> Caller:
        """Identify a caller by token. Raises Unauthorized for one that nobody issued, SignInUnavailable where that can't be found out."""
        if not bearer or not bearer.isascii():
            raise Unauthorized(REFUSED)
        if hmac.compare_digest(bearer.encode(), self._api_token):
            return OPERATOR
        if not self._settings.supabase_url:
            raise Unauthorized(REFUSED)
        return await self._user(bearer)

    async def _user(self, token: str) -> Caller:
        from supabase_auth.errors import AuthApiError, AuthError

        try:
            response = await (await self._client()).auth.get_user(token)
        except (AuthError, httpx.HTTPError, ValueError) as error:
            if isinstance(error, AuthApiError) and error.status in BAD_TOKEN:
                raise Unauthorized(REFUSED) from error
            # A pydantic error is a ValueError too: an answer that is none of Supabase's.
            log.error("[AUTH] Supabase Auth gave no usable answer", errorType=type(error).__name__)
            raise SignInUnavailable("O serviço de login não respondeu; tente de novo em instantes.") from error
        if response is None or response.user is None:
            raise Unauthorized(REFUSED)
        return Caller(response.user.email or response.user.id, UUID(response.user.id))

    async def _client(self) -> "AsyncClient":
        if self._supabase is None:
            # Only installations with Supabase pay for its import.
            from supabase import AsyncClientOptions, acreate_client

            key = self._settings.supabase_service_role_key
            options = AsyncClientOptions(auto_refresh_token=False, persist_session=False, httpx_client=self._http)
            self._supabase = await acreate_client(self._settings.supabase_url or "", key.get_secret_value() if key else "", options)
        return self._supabase
