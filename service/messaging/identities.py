"""Who a customer is: by which names providers know them, which two are one, and what people are asked where that is not sure."""

from collections.abc import Sequence
from uuid import UUID

import structlog
from psycopg.errors import ExclusionViolation

from service.messaging.merges import Identity, Merge, MergeStatus, Pets
from service.messaging.queries import identities
from service.messaging.queries.identities import Done, Resolved
from service.platform import jobs
from service.platform.access import UNKNOWN
from service.platform.database import Database
from service.platform.errors import Conflict, NotFound

log = structlog.get_logger()

# What people are asked, by the reason why the machine does not decide it: {one} wrote last, {other} has been known under the same name.
WORDS = {
    "title": "É a mesma pessoa?",
    "passed_on": (
        "{one} escreveu agora, e o WhatsApp mostra um número ou um código que aqui era de {other}. Pode ser a mesma pessoa com o WhatsApp "
        "novo, ou o número pode ter passado para outra. Por isso o atendimento começou do zero, sem os dados de {other}. "
        "Se for a mesma pessoa, junte os dois cadastros; se não for, responda que são pessoas diferentes."
    ),
    "other_id": (
        "O WhatsApp diz que {one} e {other} são a mesma pessoa, mas cada cadastro já tem o seu próprio número ou código. "
        "Se for a mesma pessoa, junte os dois cadastros; se não for, responda que são pessoas diferentes."
    ),
    "changed": (
        "O WhatsApp avisou que {one} trocou de número ou de código, mas o novo já era de {other} aqui. Até alguém decidir, nada mudou nos "
        "cadastros. Se for a mesma pessoa, junte os dois; se não for, responda que são pessoas diferentes."
    ),
    "same_pet": (
        "O WhatsApp diz que {one} e {other} são a mesma pessoa, e os dois cadastros têm um pet com o mesmo nome. Pode ser o mesmo pet ou "
        "não. Junte os dois cadastros dizendo se é o mesmo, ou responda que são pessoas diferentes."
    ),
}


def follow_up(organization_id: UUID, resolved: Sequence[Resolved], correlation_id: str | None) -> None:
    """Wake what waits in the conversations of two who became one, and have people asked where that was not sure."""
    for one in resolved:
        for conversation_id in one.woken or ():
            log.info("[WEBHOOK] Two customers are one", conversationId=str(conversation_id))
            jobs.enqueue("conversation.process", organization_id, conversation_id, correlation_id=correlation_id)
            jobs.enqueue("outbox.deliver", organization_id, conversation_id, correlation_id=correlation_id)
        for alert_id in one.alerts or ():
            jobs.enqueue("escalation.notify", alert_id)


async def of_contact(db: Database, organization_id: UUID, contact_id: UUID) -> list[Identity]:
    """List by what a customer is known, and was."""
    return await identities.of_contact(db, organization_id, contact_id)


async def merges(db: Database, organization_id: UUID, *, status: MergeStatus | None, limit: int, offset: int) -> list[Merge]:
    """List a shop's merges and what is asked about, newest first."""
    return await identities.merges(db, organization_id, status=status, limit=limit, offset=offset)


async def merge(db: Database, organization_id: UUID, contact_id: UUID, other_id: UUID, *, pets: Pets | None, by: str) -> Merge:
    """Make another customer this one, as a person says: all of theirs is this one's then. Returns the merge, by which it can be undone.

    Pets of one name are one or two, as `pets` says. Raises NotFound for another that the shop does not have, and Conflict where one of
    the two was merged before, where nothing is said of such pets, or where one pet would be in two places.
    """
    if contact_id == other_id:
        raise Conflict("Escolha dois cadastros diferentes: este é o mesmo.")
    try:
        done = await identities.merge(db, organization_id, survivor=contact_id, absorbed=other_id, pets=pets, by=by)
    except ExclusionViolation as error:
        raise Conflict(
            "Os dois cadastros têm agendamentos deste pet no mesmo horário. Cancele ou mude um deles, e junte os cadastros depois."
        ) from error
    if done is None:
        if not await identities.known(db, organization_id, other_id):
            raise NotFound(UNKNOWN["contact"])
        raise Conflict("Um destes cadastros já foi juntado a outro: escolha o que ficou.")
    if done.merge_id is None:
        raise Conflict("Os dois cadastros têm um pet com o mesmo nome. Diga se é o mesmo pet ou se são dois.")
    log.info("[INBOX] Two customers merged", contactId=str(contact_id), mergeId=str(done.merge_id), by=by)
    _wake(organization_id, done)
    return (await identities.merges(db, organization_id, only=done.merge_id))[0]


async def undo(db: Database, organization_id: UUID, merge_id: UUID, *, by: str) -> Merge:
    """Take a merge back, whoever made it: what was moved goes back, what came since stays. Raises Conflict where it can't be."""
    done = await identities.undo(db, organization_id, merge_id, by=by)
    if done is None:
        raise Conflict("Esta junção não está em vigor, ou um dos cadastros foi juntado a outro depois: desfaça primeiro a mais nova.")
    log.info("[INBOX] Merge undone", mergeId=str(merge_id), by=by)
    _wake(organization_id, done)
    return (await identities.merges(db, organization_id, only=merge_id))[0]


async def refuse(db: Database, organization_id: UUID, merge_id: UUID, *, by: str) -> Merge:
    """Say that two who were asked about are not one: it is not asked again, and a number that was passed on is whoever's has it now.

    Raises Conflict where it is not asked.
    """
    if not await identities.refuse(db, organization_id, merge_id, by=by):
        raise Conflict("Esta pergunta já foi respondida.")
    log.info("[INBOX] Two customers are two", mergeId=str(merge_id), by=by)
    return (await identities.merges(db, organization_id, only=merge_id))[0]


def _wake(organization_id: UUID, done: Done) -> None:
    for conversation_id in done.woken:
        jobs.enqueue("conversation.process", organization_id, conversation_id)
        jobs.enqueue("outbox.deliver", organization_id, conversation_id)
