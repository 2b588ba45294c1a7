"""A fake of Supabase Auth's `GET /auth/v1/user`."""

from typing import Any

from aiohttp import web

from tests.kit.fakes.server import FakeServer, Recorded, answer, reset


class FakeSupabase(FakeServer):
    """`url` is what SUPABASE_URL takes. `users` holds `id` and `email` by access token; other tokens are refused."""

    def __init__(self, **server: Any) -> None:
        super().__init__(**server)
        self.users: dict[str, dict[str, str]] = {}

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/auth/v1/user", self._user)]

    async def _user(self, request: web.Request) -> web.Response:
        self.requests.append(Recorded(request.path, dict(request.headers), None))
        fault = self.fault_for(None)
        if fault.reset:
            return reset(request)
        if fault.status is not None:
            return answer(fault)
        user = self.users.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if user is None:
            return web.json_response({"code": 403, "error_code": "bad_jwt", "msg": "invalid JWT"}, status=403)
        at = "2026-01-01T00:00:00Z"
        more = {"aud": "authenticated", "role": "authenticated", "created_at": at, "app_metadata": {}, "user_metadata": {}}
        return web.json_response(user | more)
