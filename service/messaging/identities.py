"""Who a customer is: by which names providers know them, which two are one, and what people are asked where that is not sure."""

from collections.abc import Sequence
from uuid import UUID

import structlog

from service.messaging.queries.identities import Resolved
from service.platform import jobs

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
