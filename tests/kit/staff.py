"""People of a shop who sign in with Supabase."""

from collections.abc import Awaitable, Callable, Iterator
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr

from tests.kit.fakes.supabase import FakeSupabase
from tests.kit.web import Web

USER_TOKEN = "header.payload.signature"


@pytest.fixture
def supabase() -> Iterator[FakeSupabase]:
    with FakeSupabase() as fake:
        yield fake


@pytest.fixture
async def staffed(open_web: Callable[..., Awaitable[Web]], supabase: FakeSupabase) -> Web:
    """Provide a web process whose staff sign in with Supabase."""
    return await open_web(supabase_url=supabase.url, supabase_service_role_key=SecretStr("service-key-of-the-tests"))


async def sign_in(web: Web, supabase: FakeSupabase, *organizations: UUID) -> UUID:
    """Give a user `USER_TOKEN`, and make them a member of these organizations. Returns their id."""
    user_id = uuid4()
    supabase.users[USER_TOKEN] = {"id": str(user_id), "email": "bia@loja.test"}
    for organization_id in organizations:
        await web.rows(
            "insert into organization_members (organization_id, user_id) values (%(o)s, %(u)s) returning 1", o=organization_id, u=user_id
        )
    return user_id
