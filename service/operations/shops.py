"""What a shop still lacks before it can be answered for, each as one sentence that says how to mend it."""

from collections.abc import Iterator
from zoneinfo import available_timezones

from service.agenda import holidays
from service.language import phones
from service.messaging.channels import abilities
from service.operations.model_check import ending
from service.operations.queries.shops import InstanceFacts, ShopFacts
from service.platform import clock
from service.platform.settings import Settings
from service.turns.briefing import AiConfig, Personality


def missing(shop: ShopFacts, settings: Settings) -> list[str]:
    """Return the sentences about a shop; none where nothing is missing."""
    models = ending(shop["ai_config"], clock.now().date())
    return [*_about_itself(shop), *models, *_about_its_agenda(shop), *_about_its_numbers(shop, settings)]


def _about_itself(shop: ShopFacts) -> Iterator[str]:
    if shop["timezone"] != shop["zone"] or shop["timezone"] not in available_timezones():
        yield (
            f"Its time zone {shop['timezone']} is unknown, and São Paulo's counts instead: "
            "set organizations.timezone to one such as America/Sao_Paulo."
        )
    if not holidays.knows(shop["state"]):
        yield f"Its state {shop['state']} is unknown, so that only national holidays are kept: set organizations.state to one such as SP."
    if not shop["settings"]:
        yield "It has no settings: insert its row into organization_settings, whose columns have defaults."
    for column, document in (("ai_config", AiConfig), ("ai_personality", Personality)):
        yield from _unread(column, shop["written"][column], document)
    for excess in shop["beyond"]:
        yield f"Its organization_settings.{excess}, which is taken instead: set a smaller one."
    for column in shop["left_out"]:
        yield f"Its organization_settings.{column} has values that make no sense, which are left out: take them out."
    if not shop["owners"]:
        yield "It has no owner number, so that nobody can talk to Aurora: insert one into aurora_owner_numbers."
    for typed in shop["owners_unread"]:
        meant = phones.international(typed, shop["country"])
        instead = f"write it as +{meant}" if meant else "write it with + and its country's code, such as +55 11 98888-0001"
        yield f"Its owner number “{typed}” is no number of {shop['country']} with area code, and so nobody's: {instead}."


def _unread(column: str, written: object, document: type[AiConfig | Personality]) -> Iterator[str]:
    """Say what of a free JSON column nobody can read, so that it counts as not set."""
    if written is None:
        return
    if not isinstance(written, dict):
        yield f"Its organization_settings.{column} is no object, and counts as not set: write one, such as {{}}."
        return
    read = document.model_validate(written)
    for name, value in written.items():
        if name in document.model_fields and value is not None and getattr(read, name) is None:
            yield f"Its organization_settings.{column} says nothing readable for {name}, which counts as not set: write it anew."


def _about_its_agenda(shop: ShopFacts) -> Iterator[str]:
    if shop["unreadable"]:
        yield f"Its agenda can't be read, so that nothing can be booked ({shop['unreadable']}): mend its hours, services or special days."
    if not shop["services"]:
        yield "It has no active service, so that nothing can be booked: insert some into services."
    for name in shop["services_without_resource"]:
        yield f"Nobody does “{name}”, so that it has no free times: give it somebody active (resources) in service_resources."
    if not shop["business_hours"]:
        yield "It has no business hours, so that it is never open: insert them into business_hours, one row a weekday."


def _about_its_numbers(shop: ShopFacts, settings: Settings) -> Iterator[str]:
    if not shop["instances"]:
        yield "It has no active WhatsApp instance, so that no message reaches it: insert one into whatsapp_instances."
    for instance in shop["instances"]:
        for need in _of_instance(instance, settings):
            yield f"Its number “{instance['name']}” {need}."


def _of_instance(instance: InstanceFacts, settings: Settings) -> Iterator[str]:
    for need in abilities(instance["channel"]).needs:
        filled = any(column in instance["filled"] for column in need.columns)
        if not filled and not any(getattr(settings, name) for name in need.settings):
            yield need.otherwise
