"""When the AI stops answering by itself: too many turns for one customer or one shop, or a machine at the other end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from service.platform.settings import Settings
from service.turns.briefing import Message

# So many messages with the same words, each answered, within so long: people do not talk like that, other shops' bots do.
ECHOES = 4
ECHO_SPAN = timedelta(minutes=15)
# Who goes on speaking for so long after they were asked to write does not want to, or can't.
SPEAKING_SPAN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Usage:
    """How many turns there have been, and how many the shop wants at most; a limit of None is the installation's, or none.

    `contact_turns` counts those of the conversation since an hour ago or the last hand-back, `shop_turns` the shop's of 24 hours, where it
    has a limit.
    """

    contact_turns: int
    shop_turns: int | None = None
    contact_turns_per_hour: int | None = None
    shop_turns_per_day: int | None = None


def exceeded(usage: Usage, history: Sequence[Message], settings: Settings) -> str | None:
    """Say why a claimed turn goes to a person instead of the AI, as the team reads it; None where it does not.

    `history` has the conversation's messages in order.
    """
    per_contact = usage.contact_turns_per_hour or settings.contact_turns_per_hour
    if usage.contact_turns >= per_contact:
        return f"Este cliente já recebeu {per_contact} respostas automáticas na última hora"
    if usage.shop_turns_per_day and (usage.shop_turns or 0) >= usage.shop_turns_per_day:
        return f"A loja chegou ao seu limite de {usage.shop_turns_per_day} respostas automáticas em 24 horas"
    if goes_on_speaking(history):
        return "Este cliente só manda áudios, e não consegui ouvir o que ele diz"
    if talks_in_circles(history):
        return "Este contato repete a mesma mensagem a cada resposta: parece outro atendimento automático"
    return None


def goes_on_speaking(history: Sequence[Message]) -> bool:
    """Tell whether somebody answers the request to write with one more voice note that nobody makes out."""
    newest = history[-1] if history else None
    asked = False
    for message in reversed(history):
        if message.direction == "outgoing":
            if not message.sent_by_ai:
                return False
            asked = True
        elif newest is None or not message.is_unheard or newest.at - message.at > SPEAKING_SPAN:
            return False
        elif asked:
            return True
    return False


def talks_in_circles(history: Sequence[Message]) -> bool:
    """Tell whether the last `ECHOES` messages of the other side say the same, each after an answer of the AI, within `ECHO_SPAN`."""
    said: list[Message] = []
    answered = True  # between two of them the AI must have spoken
    for message in reversed(history):
        if message.direction == "outgoing":
            if not message.sent_by_ai:
                return False
            answered = True
        elif not answered or _words(message) != _words((said or [message])[0]):
            return False
        else:
            said.append(message)
            answered = False
        if len(said) == ECHOES:
            return said[0].at - said[-1].at <= ECHO_SPAN
    return False


def _words(message: Message) -> str:
    """Return what was said, or what kind of thing came without words: who sends one voice message after the other needs a person, too."""
    return " ".join(message.content.casefold().split()) or f"<{message.message_type}>"
