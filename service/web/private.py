"""What is open to this machine alone, and to others only with a token: the metrics and the API's description."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBasic, HTTPBasicCredentials
from starlette.exceptions import HTTPException

from service.platform import addresses
from service.platform.errors import Forbidden, Unauthorized
from service.platform.settings import Settings
from service.web.dependencies import Db, bearer, identified
from service.web.door import host_of

# Browsers ask for it by themselves where a page wants it: any name, the token as password.
basic = HTTPBasic(auto_error=False)
# What proxies and tunnels say of whom they pass on.
PASSED_ON = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
ASKS = {"WWW-Authenticate": 'Basic realm="Patas", charset="UTF-8"'}


def is_here(request: Request) -> bool:
    """Tell whether nobody but this machine can have sent a request: we listen nowhere else, and no proxy or tunnel passed it on."""
    settings: Settings = request.app.state.settings
    if any(name in request.headers for name in PASSED_ON):
        return False
    caller = request.client.host if request.client else ""
    return all(addresses.is_loopback(host) for host in (settings.host, host_of(request.headers) or "", caller))


async def here_or_known(
    request: Request,
    db: Db,
    token: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
    password: Annotated[HTTPBasicCredentials | None, Depends(basic)],
) -> None:
    """Let this machine in, and anybody with a token. Raises HTTPException, which makes a browser ask for one."""
    if is_here(request):
        return
    given = token.credentials if token else password.password if password else None
    try:
        await identified(request, db, given)
    except Unauthorized as error:
        raise HTTPException(401, str(error), ASKS) from error


async def here_or_operator(request: Request, db: Db, token: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> None:
    """Let this machine in, and who has the installation's own token. Raises Unauthorized, and Forbidden for a shop's people."""
    if not is_here(request) and not (await identified(request, db, token.credentials if token else None)).is_operator:
        raise Forbidden("Só quem opera a instalação pode ver isto.")
