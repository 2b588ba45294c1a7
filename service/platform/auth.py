"""Who is calling the API: the operator by the installation's token, a shop's programs by the shop's, or its staff by Supabase Auth."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import httpx
import structlog

from service.platform.attempts import Attempts
from service.platform.database import Database
from service.platform.errors import AppError, Misconfigured, TooManyAttempts, Unauthorized
from service.platform.queries import tokens
from service.platform.queries.tokens import Scope
from service.platform.settings import Settings

if TYPE_CHECKING:
    from supabase import AsyncClient

log = structlog.get_logger()

# What Supabase says of a token itself; any other refusal is about the service.
BAD_TOKEN = frozenset({400, 401, 403, 404})

REFUSED = "Entre com um token válido no cabeçalho Authorization."
TOO_MANY = "Foram tokens errados demais deste endereço; tente de novo em instantes."

# Longer than any of ours and than Supabase's.
LONGEST_TOKEN = 4096

# What a shop's token begins with, so that whoever finds one knows what it is of; 256 random bits follow.
PREFIX = "patas_"
RANDOM_BYTES = 32


class SignInUnavailable(AppError):
    """Supabase Auth can't be asked right now."""

    status = 503


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody whose token was verified: a user, a shop's token with its scope, or the operator, who is neither.

    `name` is what messages and cases are signed with.
    """

    name: str
    user_id: UUID | None = None
    organization_id: UUID | None = None
    scope: Scope = "write"

    @property
    def is_operator(self) -> bool:
        return self.user_id is None and self.organization_id is None


OPERATOR = Caller("operator")


def new_token() -> str:
    """Make a token for a shop."""
    return PREFIX + secrets.token_urlsafe(RANDOM_BYTES)


def digest_of(token: str) -> bytes:
    """Return what is kept of a token, by which it is found again."""
    return hashlib.sha256(token.encode()).digest()


class Authenticator:
    """Verifies bearer tokens. The Supabase client is made at first use, and only where a project is set.

    Wrong ones are counted by the address that they come from. From one with too many Supabase is no longer asked; our own are looked at
    all the same, so that nobody is locked out by a neighbour.
    """

    def __init__(self, settings: Settings, api_token: str, http: httpx.AsyncClient, attempts: Attempts | None = None) -> None:
        if settings.supabase_url and not settings.supabase_service_role_key:
            raise Misconfigured("SUPABASE_URL is set, so SUPABASE_SERVICE_ROLE_KEY must be set too.")
        self._settings = settings
        self._api_token = api_token.encode()
        self._http = http
        self._attempts = attempts or Attempts()
        self._supabase: AsyncClient | None = None

    async def identify(self, db: Database, bearer: str | None, *, address: str) -> Caller:
        """Identify a caller at an address by token.

        Raises Unauthorized for one that nobody issued, TooManyAttempts where there were too many of these, SignInUnavailable where
        that can't be found out.
        """
        if not bearer:
            raise Unauthorized(REFUSED)
        try:
            return await self._verified(db, bearer, address)
        except Unauthorized:
            self._attempts.failed(address)
            self._refuse_too_many(address)
            raise

    async def _verified(self, db: Database, bearer: str, address: str) -> Caller:
        if not bearer.isascii() or len(bearer) > LONGEST_TOKEN:
            raise Unauthorized(REFUSED)
        if hmac.compare_digest(bearer.encode(), self._api_token):
            return OPERATOR
        if bearer.startswith(PREFIX):
            if (token := await tokens.find(db, digest_of(bearer))) is None:
                raise Unauthorized(REFUSED)
            return Caller(token.name, organization_id=token.organization_id, scope=token.scope)
        if not self._settings.supabase_url:
            raise Unauthorized(REFUSED)
        self._refuse_too_many(address)
        return await self._user(bearer)

    def _refuse_too_many(self, address: str) -> None:
        if wait := self._attempts.wait(address):
            raise TooManyAttempts(TOO_MANY, retry_after=wait)

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
