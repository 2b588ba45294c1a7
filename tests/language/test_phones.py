"""Owners' numbers as they are typed: read in the shop's country, the same by the database and by the library, or not at all."""

import psycopg
import pytest

from service.language.phones import international
from service.platform.settings import Settings

MOBILE, LANDLINE = "5511988880001", "551133330001"

TYPED = {
    "11988880001": MOBILE, "(11) 98888-0001": MOBILE, "011 98888-0001": MOBILE, "5511988880001": MOBILE, "55 11 98888-0001": MOBILE,
    "+55 11 98888-0001": MOBILE, "+5511988880001": MOBILE, "11.98888.0001": MOBILE,
    # Written before mobiles got their ninth digit.
    "1188880001": MOBILE, "551188880001": MOBILE, "+551188880001": MOBILE,
    "1133330001": LANDLINE, "551133330001": LANDLINE, "+55 11 3333-0001": LANDLINE,
    # Brazil's code is an area code, too.
    "55998880001": "5555998880001", "5555998880001": "5555998880001",
    "+1 415 555 2671": "14155552671", "+351 912 345 678": "351912345678",
}  # fmt: skip

# Somebody's in another country, if they are taken as they stand; or nobody's.
NOT_READ = [
    "988880001", "88880001", "14155552671", "351912345678", "447911123456", "0055 11 98888-0001", "20988880001", "11 98888-00",
    "11 98888-00011", "11 98888-0001 ou 11 97777-0001", "Marina", "", " ", "+", "1" * 60, "11 98888 OOO1", "١١٩٨٨٨٨٠٠٠١",
]  # fmt: skip


def key(settings: Settings, typed: str, country: str = "BR") -> str | None:
    with psycopg.connect(settings.database_url or "") as conn:
        row = conn.execute("select patas.owner_key(%s, %s)", (typed, country)).fetchone()
    assert row
    found: str | None = row[0]
    return found


@pytest.mark.parametrize(("typed", "number"), TYPED.items())
def test_a_number_is_read_in_the_shops_country(settings: Settings, typed: str, number: str) -> None:
    assert (key(settings, typed), international(typed, "BR")) == (number, number)


@pytest.mark.parametrize("typed", NOT_READ)
def test_what_is_no_number_there_is_nobodys(settings: Settings, typed: str) -> None:
    assert (key(settings, typed), international(typed, "BR")) == (None, None)


def test_no_area_code_is_missing(settings: Settings) -> None:
    with psycopg.connect(settings.database_url or "") as conn:
        sql = "select patas.owner_key(%s, 'BR')"
        for area in range(10, 100):
            typed = f"{area}988880001"
            row = conn.execute(sql, (typed,)).fetchone()
            assert row
            assert row[0] == international(typed, "BR"), area


def test_elsewhere_a_number_without_its_code_waits_to_be_written_with_it(settings: Settings) -> None:
    assert (key(settings, "912 345 678", "PT"), international("912 345 678", "PT")) == (None, "351912345678")
    assert key(settings, "11988880001", "PT") is None


@pytest.mark.parametrize(
    ("typed", "writer", "is_owner"),
    [("988880001", "988880001", False), ("14155552671", "14155552671", False), ("11 98888-7777", "5511988887777", True)],
)
async def test_nobody_else_talks_with_aurora(settings: Settings, typed: str, writer: str, is_owner: bool) -> None:
    """+98 888 0001 is a number in Iran: whoever has it is no owner of a shop where somebody left out the area code."""
    with psycopg.connect(settings.database_url or "", autocommit=True) as conn:
        shop = "00000000-0000-4000-8000-000000000001"
        conn.execute("insert into aurora_owner_numbers (organization_id, phone) values (%s, %s)", (shop, typed))
        conn.execute("insert into contacts (organization_id, phone) values (%s, %s)", (shop, f"+{writer}"))
        found = conn.execute(
            "select 1 from aurora_owner_numbers n join contacts k on k.organization_id = n.organization_id and k.phone_key = n.phone_key"
            " where k.phone = %s", (f"+{writer}",),
        ).fetchall()  # fmt: skip
    assert bool(found) is is_owner


def test_a_shop_that_moves_has_its_numbers_read_anew(settings: Settings) -> None:
    with psycopg.connect(settings.database_url or "", autocommit=True) as conn:
        conn.execute("update organizations set country = 'PT'")
        assert conn.execute("select phone_key from aurora_owner_numbers").fetchall() == [(None,)]
        conn.execute("update organizations set country = 'BR'")
        assert conn.execute("select phone_key from aurora_owner_numbers").fetchall() == [("5511988880001",)]
