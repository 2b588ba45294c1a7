"""A fake of what Supabase is beyond Postgres: Auth's `GET /auth/v1/user`, and Storage's buckets and objects."""

from typing import Any

from aiohttp import web

from tests.kit.fakes.server import FakeServer, Recorded, answer, reset


class FakeSupabase(FakeServer):
    """`url` is what SUPABASE_URL takes. `users` holds `id` and `email` by access token; other tokens are refused.

    `buckets` says of each whether it is public, `objects` holds their bytes by `bucket/path`. Storage is for `key` alone, where one is set.
    """

    def __init__(self, **server: Any) -> None:
        super().__init__(**server)
        self.users: dict[str, dict[str, str]] = {}
        self.key: str | None = None
        self.buckets: dict[str, bool] = {}
        self.objects: dict[str, bytes] = {}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/auth/v1/user", self._user),
            web.get("/storage/v1/bucket/{bucket}", self._bucket),
            web.post("/storage/v1/bucket", self._make_bucket),
            web.post("/storage/v1/object/{bucket}/{path:.+}", self._upload),
            web.get("/storage/v1/object/{bucket}/{path:.+}", self._download),
            web.delete("/storage/v1/object/{bucket}", self._delete),
        ]

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

    async def _storage(self, request: web.Request) -> web.Response | None:
        """Refuse what Storage refuses whatever it is; a status stands in the body, as Supabase has it."""
        self.requests.append(Recorded(request.path, dict(request.headers), None))
        met = await self.meet(request, self.fault_for(None))
        if met is not None:
            return met
        if self.key is not None and request.headers.get("Authorization") != f"Bearer {self.key}":
            return _refused("403", "Unauthorized", "jwt malformed")
        bucket = request.match_info.get("bucket")
        if bucket is not None and bucket not in self.buckets:
            return _refused("404", "Bucket not found", "Bucket not found")
        return None

    async def _bucket(self, request: web.Request) -> web.Response:
        if refused := await self._storage(request):
            return refused
        name, at = request.match_info["bucket"], "2026-01-01T00:00:00Z"
        found = {"id": name, "name": name, "owner": "", "public": self.buckets[name], "created_at": at, "updated_at": at}
        return web.json_response(found | {"file_size_limit": None, "allowed_mime_types": None})

    async def _make_bucket(self, request: web.Request) -> web.Response:
        if refused := await self._storage(request):
            return refused
        asked = await request.json()
        if asked["id"] in self.buckets:
            return _refused("409", "Duplicate", "The resource already exists")
        self.buckets[asked["id"]] = asked.get("public", False)
        return web.json_response({"name": asked["id"]})

    async def _upload(self, request: web.Request) -> web.Response:
        if refused := await self._storage(request):
            return refused
        path = f"{request.match_info['bucket']}/{request.match_info['path']}"
        if path in self.objects and request.headers.get("x-upsert") != "true":
            return _refused("409", "Duplicate", "The resource already exists")
        form = await request.post()
        file = form["file"]
        assert isinstance(file, web.FileField)
        self.objects[path] = file.file.read()
        return web.json_response({"Id": "1", "Key": path})

    async def _download(self, request: web.Request) -> web.Response:
        if refused := await self._storage(request):
            return refused
        found = self.objects.get(f"{request.match_info['bucket']}/{request.match_info['path']}")
        return _refused("404", "not_found", "Object not found") if found is None else web.Response(body=found)

    async def _delete(self, request: web.Request) -> web.Response:
        if refused := await self._storage(request):
            return refused
        paths = [f"{request.match_info['bucket']}/{path}" for path in (await request.json())["prefixes"]]
        gone = [path for path in paths if self.objects.pop(path, None) is not None]
        return web.json_response([{"name": path.partition("/")[2]} for path in gone])


def _refused(status: str, error: str, message: str) -> web.Response:
    return web.json_response({"statusCode": status, "error": error, "message": message}, status=400)
