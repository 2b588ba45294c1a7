"""Whatever a route is about, another shop's is not found."""

from uuid import UUID, uuid4

from tests.kit.fakes.supabase import FakeSupabase
from tests.kit.salon import foreign_booking, rows
from tests.kit.staff import USER_TOKEN, sign_in
from tests.kit.web import Web, make_shop


async def test_no_route_is_about_another_shops(staffed: Web, supabase: FakeSupabase, organization_id: UUID) -> None:
    other = await make_shop(staffed.other)
    booking_id = await foreign_booking(staffed.other, other)
    sql = "insert into pets (organization_id, contact_id, name) values (%(organization)s, %(contact)s, 'Rex') returning id"
    (pet,) = await rows(staffed.other, sql, organization=other["organization"], contact=other["contact"])
    sql = """
    with k as (insert into contacts (organization_id, name) values (%(organization)s, 'Bia') returning id)
    insert into contact_merges (organization_id, survivor_id, absorbed_id, status, reason, actor)
    select %(organization)s, %(contact)s, k.id, 'asked', 'same_pet', 'evolution' from k returning id
    """
    (merge,) = await rows(staffed.other, sql, organization=other["organization"], contact=other["contact"])
    await sign_in(staffed, supabase, organization_id)
    theirs = {
        "{organization_id}": other["organization"], "{contact_id}": other["contact"], "{conversation_id}": other["conversation"],
        "{booking_id}": booking_id, "{pet_id}": pet["id"], "{merge_id}": merge["id"],
    }  # fmt: skip
    described = (await staffed.call("GET", "/openapi.json")).json()["paths"]
    calls = [(method, path) for path, methods in described.items() if path.startswith("/api/") and "{" in path for method in methods]
    assert len(calls) > 35
    for method, path in calls:
        (named,) = [name for name in theirs if name in path]
        address = path.replace(named, str(theirs[named]))
        for rest in ("absence_id", "closure_id", "zone_id", "package_id", "treatment_id", "entry_id"):
            address = address.replace(f"{{{rest}}}", str(uuid4()))
        response = await staffed.call(method.upper(), address.replace("{day}", "2031-05-05"), USER_TOKEN)
        assert (response.status_code, method, path) == (404, method, path), response.text
