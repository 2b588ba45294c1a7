"""Echoes: what left the shop's number and came back in a webhook. It is our own send, a person's word from the phone, or the app's."""

from service.language.text import fold

# Who wrote what was written on the shop's phone: a person, to the customer; or the app, or nobody, or a person to the machine.
PERSON, APP = "shop_phone", "shop_app"

# Typed on the phone, and nothing else: the conversation is the AI's again. The customer sees it.
COMMAND = "@robo"

REASON = "Uma pessoa da equipe respondeu pelo celular da loja"

# What a person says in words, and what says something by itself.
_WORDS = frozenset({"text", "interactive", "button"})
_THINGS = frozenset({"image", "video", "audio", "voice", "document", "sticker", "location", "contacts"})
# What changes a person's words of before, and is read as theirs.
_CHANGES = frozenset({"edit"})


def is_said(message_type: str, content: str) -> bool:
    """Tell whether somebody says something with a message of this type: with words, or by sending something."""
    return message_type in _THINGS or (message_type in _WORDS and bool(content.strip()))


def is_command(message_type: str, content: str) -> bool:
    """Tell whether it is the command that gives the conversation back, and nothing beside it."""
    return message_type == "text" and fold(content).rstrip(".!") == COMMAND


def author(message_type: str, content: str) -> str:
    """Return whose word something is that was written on the shop's phone, before it is known whether it came automatically."""
    persons = is_said(message_type, content) or message_type in _CHANGES
    return PERSON if persons and not is_command(message_type, content) else APP
