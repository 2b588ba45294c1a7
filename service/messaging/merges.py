"""By what customers are known, and which of them became one, as people see it."""

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime

from service.platform.documents import Document

IdentityKind = Literal["phone", "bsuid", "parent_bsuid", "lid", "username", "chat"]
MergeStatus = Literal["asked", "refused", "merged", "undone"]
Pets = Literal["one", "two"]


class Identity(Document):
    """A name by which providers know, or knew, a customer; on the shop's number `on`, or in the whole shop where that is None."""

    kind: IdentityKind
    value: str
    on: str | None
    source: str
    first_seen_at: AwareDatetime
    last_seen_at: AwareDatetime
    superseded_at: AwareDatetime | None
    superseded_by: str | None


class Person(Document):
    """One of two customers."""

    id: UUID
    name: str | None
    phone: str | None


class Merge(Document):
    """Two customers who are one, were, or may be: that is `asked` of people, for a `reason`."""

    id: UUID
    status: MergeStatus
    reason: str
    actor: str
    survivor: Person
    absorbed: Person
    created_at: AwareDatetime
    settled_at: AwareDatetime | None
    settled_by: str | None
