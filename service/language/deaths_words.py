"""The words that may stand beside a pet's death and take nothing of it back. `deaths` is their reader."""

import re
from typing import Final

from service.language.common import is_laughter
from service.language.common_words import COMMON, KINDS_OF_PETS
from service.language.text import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(map(fold, re.findall(r"\S+", text)))


_TURNING: Final = _words(
    """
    não nao n ñ naum nem sem se será sera seria acho acha achei quase mas porem menos engano errei errado errada correção corrigindo
    desculpa desculpe perdão que verdade claro certeza show top ponto
    """
)
"""Common words that take back, ask or suppose."""

BESIDE_A_DEATH: Final = (
    frozenset(word for word in _words(" ".join(COMMON | KINDS_OF_PETS)) - _TURNING if not is_laughter(word))
    | _words(
        """
        oi oie oii infelizmente cancer estamos triste tristes tristeza luto saudade saudades falta faz fará coração partido dor sofrendo
        sofreu descansou muita arrasado arrasada arrasados carinho cuidado cuidados saberem sabem avisar avisando aviso informar
        comunicar lembrete lembretes mensagem mensagens banho tosa consulta vacina hotel agendamento retirar tirar remover apagar
        cancelar desmarcar cadastro família companheiro companheira deus céu anjinho estrelinha amor amado amada anos vida doente
        doentinho velhinho velhinha obrigado obrigada
        """
    )
)  # fmt: skip
BESIDE_A_LIFE: Final = _words(
    "não nao engano errei errado errada desculpa desculpe perdão vivo viva bem vivinho mas que verdade claro certeza"
)
MOURNING: Final = frozenset("😢😭😞😔😥😓🥺☹🙁😿💔❤♥🖤🤍💛💙💜🧡🤎🩶🕊🌈⭐🌟✨🐾🐶🐱🐕🐈🙏👼😇🌹🌷💐")
