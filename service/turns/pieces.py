"""Texts cut into their sentences and the items of their lists."""

import re
from dataclasses import dataclass

from service.language.small_talk import only_marks

# Sentences of a text that are looked at: a message has no more.
MOST_PIECES = 120
# How a sentence is set apart from the one before.
LINE, PARAGRAPH = 1, 2

_CAPITAL = "[A-ZÁÂÃÀÉÊÍÓÔÕÚÜÇ]"
_END = re.compile(rf"(?<=[.!?…])[)\"'”*_]*(?:\s+|(?={_CAPITAL}\w))|(?<=[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f])\s+(?={_CAPITAL})")
_ABBREVIATED = re.compile(r"(?:^|\W)(?:Dra?|Sra?|Av|R|Prof|Profa|Tel|nº|Obs|Ex|\d)\.$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-–—•*·]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a text; `breaks` says whether a new line, or a new paragraph, begins with it."""

    text: str
    breaks: int = 0


def pieces(reply: str) -> list[Piece]:
    """Return a reply's sentences and the items of its lists. Marks by themselves go with the sentence before."""
    found: list[Piece] = []
    empty = False
    for line in reply.splitlines():
        line = _BULLET.sub("", line).strip()
        if not line:
            empty = True
            continue
        breaks = (PARAGRAPH if empty else LINE) if found else 0
        empty = False
        for sentence in _sentences(line):
            if found and only_marks(sentence):
                found[-1] = Piece(f"{found[-1].text} {sentence}", found[-1].breaks)
            else:
                found.append(Piece(sentence, breaks))
            breaks = 0
    return found[:MOST_PIECES]


def _sentences(line: str) -> list[str]:
    sentences: list[str] = []
    for piece in filter(None, map(str.strip, _END.split(line))):
        if sentences and _ABBREVIATED.search(sentences[-1][-8:]):
            sentences[-1] += f" {piece}"
        else:
            sentences.append(piece)
    return sentences
