"""Hints of danger: harmless alone, danger in company. `emergency` is the reader.

Each pattern is of one sort; two of different sorts are an emergency.
"""

import re

from service.language.emergency_swallowed_words import AGAINST_FLEAS, VENOMOUS
from service.language.phrases import any_of

CRIES = any_of(
    r"\bsocorro\b",
    r"\bme ajud\w+",
    r"\bpelo amor de deus\b",
    r"\bdesesper\w+",
    r"\b(?:oq|o que|o q|que) (?:eu )?(?:faco|fazer)\b",
    r"\bmuito preocupad[oa]\b",
    r"\bde repente\b",
    r"\bdo nada\b",
    r"\bnunca (?:vi|fez)\b",
)
HINTS: tuple[re.Pattern[str], ...] = (
    # From the mouth.
    any_of(
        r"\bbab(?:a|ando|ava|ou)\b",
        r"\bsaliva(?:ndo)?\b",
        r"\bvomit(?:ou|ando|a|o)\b",
        r"\bbot(?:a|ou|ando) (?:tudo|os bofes|as tripas|a alma) (?:pra|para) fora\b",
        r"\bgolfando\b",
        r"\bansia\b",
        r"\btossindo\b",
    ),
    # Trembling, stiff.
    any_of(
        r"\btrem(?:e|endo|edeira\w*|elique\w*|er)\b",
        r"\b(?:rigid|travad|dur|durinh)[oa]s?\b",
        r"\bestic(?:ou|ando|ad[oa]) (?:tod[oa]|o corpo|o pescoco|as (?:patas|pernas|patinhas|perninhas))\b",
        r"\bficou (?:tod[oa] )?esticad[oa]\b",
    ),
    # Without balance or wits.
    any_of(
        r"\bbamb[oa]s?\b",
        r"\btort[oa]\b",
        r"\btont[oa]\b",
        r"\btonte\w+",
        r"\babobad[oa]\b",
        r"\brodando\b",
        r"\bse (?:urinando|mijando|mijou|urinou)\b",
        r"\b(?:xixi|coco) (?:nel[ea] mesm|em si|em cima de si|sem sentir|sem perceber)",
        r"\bzonz[oa]\b",
        r"\bem circulos?\b",
        r"\bperdid[oa]\b(?! (?:de|em|n[oa]s?)\b)",
        r"\bgrogue\b",
        r"\bolh(?:os?|ar|inhos?) (?:parad|vidrad|fech|fix|perdid|vazi)\w+",
    ),
    # Without strength.
    any_of(
        r"\bprostrad[oa]\b",
        r"\bfrac[oa]\b",
        r"\bfraquinh[oa]\b",
        r"\bmole\b",
        r"\bmolinh[oa]\b",
        r"\bapatic[oa]\b",
        r"\bjogad[oa]\b",
        r"\bcaid(?:o|a|inh[oa])\b",
        r"\bgelad[oa]\b",
        r"\bescondid[oa]\b",
        r"\bamanheceu quiet\w+",
        r"\bquietinh[oa]\b",
        r"\bamuad[oa]\b",
        r"\bnao (?:come|comeu|quer comer)\b.{0,15}\b(?:ha|faz|desde|nada|nem)\b",
        r"\bfundo da gaiola\b",
        r"\bchao da gaiola\b",
        r"\barrepiad[oa]\b",
        r"\bembolad[oa]\b",
    ),
    # Feverish, without thirst.
    any_of(
        r"\bfebre alta\b",
        r"\bnem agua (?:desce|para|entra|quer|bebe|aceita)\b",
        r"\bnao (?:come nem bebe|bebe|quer (?:nem )?agua)\b",
        r"\bamarel[oa]\b",
    ),
    # In pain or fear.
    any_of(
        r"\bgem(?:e|endo)\b",
        r"\bgrit(?:a|ando)\b",
        r"\bchorando\b",
        r"\bmiando\b",
        r"\brangendo\b",
        r"\burrando\b",
        r"\bsofrendo\b(?! (?:com|por|de)\b)",
        r"\binquiet[oa]\b",
        r"\bpata levantada\b",
        r"\bmanc(?:a|ando)\b",
        r"\bnao deixa encostar\b",
        r"\bn deixa encostar\b",
        r"\bnao (?:apoia|encosta|pisa)\b",
        r"\bum lado pro outro\b",
    ),
    # Breath.
    any_of(
        r"\bofeg\w+",
        r"\barf(?:a|ando)\b",
        r"\bchiando\b",
        r"\broncando\b",
        r"\brespirando (?!bem|normal|melhor)",
        r"\bcoracao (?:acelerado|batendo)\b",
        r"\bpescoco (?:\S+ )?esticad\w+",
        r"\bpuxando com forca\b",
    ),
    # Swollen, wounded.
    any_of(
        r"\binch(?:ou|ad[oa]|ando)\b",
        r"\bsangr(?:ou|ando)\b",
        r"\bsangue\b",
        r"\bferid[oa]\b",
        r"\bmachuc(?:ou|ad[oa])\b",
        r"\bcort(?:ou|e fundo)\b",
        r"\b(?:coco|fezes|diarreia) (?:(?:ta|esta|saiu|bem|muito|tod[oa]) ){0,2}(?:pret|escur)[oa]s?\b",
        r"\b(?:pata|patinha|perna|focinho|orelha)(?: del[ea])? (?:ta|tah|esta|ficou) (?:tod[oa] )?(?:pret[oa]|rox[oa])\b",
    ),
    # In vain at the litter.
    any_of(
        r"\bforca (?:pra|para|e) (?:fazer )?(?:coco|cagar|defecar|evacuar|chora|geme|grita)\b",
        r"\b(?:nao|n|sem) (?:\S+ ){0,2}?(?:coco|cagar|caga|defeca|evacua)\b",
    ),
    # What may have done it.
    any_of(
        rf"\b{VENOMOUS}\b",
        rf"\b(?:veneno|chumbinho|lirio|{AGAINST_FLEAS}|comigo[- ]ninguem[- ]pode|xilitol|insulina|agua sanitaria|produto de limpeza)\b",
    ),
    any_of(
        r"\bca(?:iu|ido|ida) d[aoe] (?:mesa|colo|sofa|cama|cadeira|bancada|alto|armario|escada|rede|gaiola|mao)\b",
        r"\bbateu (?:no|na|em)\b",
        r"\bbrig(?:ou|a|ando)\b",
        r"\bchoque\b",
        r"\b(?:muito|no) sol\b",
    ),
    CRIES,
)
