"""Who is calling: a bearer token on every call of the API for people."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from service.platform.access import Reader, reader_for

bearer = HTTPBearer(auto_error=False, description="PATAS_API_TOKEN, or the access token of a Supabase user.")


async def reader(request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> Reader:
    """Who is asking; raises Unauthorized."""
    caller = await request.app.state.authenticator.identify(credentials.credentials if credentials else None)
    return await reader_for(request.app.state.db, caller)


Who = Annotated[Reader, Depends(reader)]
