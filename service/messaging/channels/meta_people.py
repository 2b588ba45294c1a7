"""Who a webhook of Meta's is about: the names by which it knows somebody, and what it tells of a new phone or a new id."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from service.messaging.channels.base import Inbound, NewNames
from service.messaging.channels.payload import digits, first, instant, obj, objects, text
from service.platform.documents import JsonObject

# System messages that tell of a new phone or a new business-scoped id, the last under its older name, and the old id in their words.
CHANGES = frozenset({"user_changed_number", "user_changed_user_id", "customer_changed_number"})
_CHANGED_ID = re.compile(r" changed from (?P<was>[A-Z]{2}\.[0-9A-Za-z.]+) to (?P<now>[A-Z]{2}\.[0-9A-Za-z.]+)\.?$")
LONGEST_CHANGE = 400


@dataclass(frozen=True, slots=True)
class Who:
    """The other party as a message names them; empty is what it does not say. In a `group` it is the group."""

    number: str
    user_id: str = ""
    parent_user_id: str = ""
    username: str = ""
    name: str = ""
    group: str = ""


def sender(message: JsonObject, contacts: list[JsonObject], *, alone: bool) -> Who:
    """Read who wrote a message, of those whom its body names. `alone`: the body has no other message."""
    contact = _contact(contacts, message, alone=alone)
    profile = obj(contact.get("profile"))
    return Who(
        number=text(message.get("from")) or text(contact.get("wa_id")),
        user_id=first(message.get("from_user_id"), contact.get("user_id")),
        parent_user_id=first(message.get("from_parent_user_id"), contact.get("parent_user_id")),
        username=first(profile.get("username"), contact.get("username")),
        name=text(profile.get("name")),
        group=text(message.get("group_id")),
    )


def recipient(message: JsonObject) -> Who:
    """Read to whom somebody of the shop wrote on the phone."""
    return Who(text(message.get("to")), text(message.get("to_user_id")), text(message.get("to_parent_user_id")))


def _contact(contacts: list[JsonObject], message: JsonObject, *, alone: bool) -> JsonObject:
    """Find the contact that wrote a message; a body with one message and one contact need not say which."""
    for contact in contacts:
        for name, by in (("wa_id", "from"), ("user_id", "from_user_id"), ("parent_user_id", "from_parent_user_id")):
            if text(contact.get(name)) and text(contact.get(name)) == text(message.get(by)):
                return contact
    return contacts[0] if alone and len(contacts) == 1 else {}


def changed(message: JsonObject, who: Who) -> tuple[Who, NewNames | None]:
    """Return by what somebody went, and goes since a system message said so. The id that they had may stand at its words' end alone."""
    system = obj(message.get("system"))
    if text(system.get("type")) not in CHANGES or who.group:
        return who, None
    new_id = text(system.get("user_id"))
    becomes = NewNames(
        digits(first(system.get("wa_id"), system.get("new_wa_id"))), new_id or None, text(system.get("parent_user_id")) or None
    )
    if not (becomes.phone or becomes.user_id):
        return who, None
    told = _CHANGED_ID.search(text(system.get("body"))[-LONGEST_CHANGE:])
    had = first(who.user_id if who.user_id != new_id else "", told["was"] if told and told["now"] == new_id else "")
    if not (who.number or had):
        return replace(who, number=becomes.phone or "", user_id=new_id), becomes
    return replace(who, user_id=had, parent_user_id=""), becomes


def id_updates(value: JsonObject) -> Iterator[Inbound]:
    """Yield what is told of people whose business-scoped ids have changed: a webhook of its own, beside the system message."""
    found = value.get("user_id_update")
    for update in objects(found) or [obj(found)]:
        ids, parents = obj(update.get("user_id")), obj(update.get("parent_user_id"))
        becomes = NewNames(digits(update.get("wa_id")), text(ids.get("current")) or None, text(parents.get("current")) or None)
        was = first(ids.get("previous"), becomes.user_id)
        if was and becomes.user_id:
            yield Inbound(
                external_id=f"user_id_update:{was}:{becomes.user_id}:{text(update.get('timestamp'))}",
                phone=None,
                user_id=was,
                address=becomes.phone or becomes.user_id,
                name=None,
                message_type="user_id_update",
                text=text(update.get("detail")),
                sent_at=instant(update.get("timestamp")),
                becomes=becomes,
                raw=update,
            )
