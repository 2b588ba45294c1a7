"""What Meta's error codes mean: which pass by themselves, which are limits, and how a shop reads them."""

from typing import Literal

# Seconds to wait for codes that pass by themselves: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
TRANSIENT = {
    "1": 0.0,  # unknown error
    "2": 0.0,  # service down
    "4": 4.0,  # too many calls of the app
    "80007": 4.0,  # too many calls of the account
    "130429": 4.0,  # 80 messages a second
    "131000": 0.0,  # something went wrong
    "131016": 4.0,  # service unavailable
    "131048": 16.0,  # spam limit
    "131056": 16.0,  # pair rate: one message in 6 s to one person, after a burst of 45
    "131057": 16.0,  # account in maintenance
    "133004": 4.0,  # server unavailable
}

# Refusals for having sent too much: to one person, or from the whole number.
LIMITS: dict[str, Literal["pair", "number"]] = {
    "4": "number", "80007": "number", "130429": "number", "131048": "number", "131056": "pair",
}  # fmt: skip

EXPLAINED = {
    "190": "O token de acesso do WhatsApp venceu ou não vale.",
    "368": "A conta do WhatsApp foi bloqueada temporariamente por descumprir as políticas da Meta.",
    "131026": "Este número não pode receber a mensagem pelo WhatsApp.",
    "131031": "A conta do WhatsApp foi bloqueada pela Meta.",
    "131047": "Passaram mais de 24 horas desde a última mensagem do cliente: o WhatsApp só aceita modelos aprovados.",
    "131050": "O cliente pediu para não receber este tipo de mensagem.",
    "131056": "Mensagens demais para o mesmo cliente em pouco tempo.",
    "131062": "Este cliente só pode ser alcançado pelo número de telefone.",
    "132000": "O modelo aprovado espera outra quantidade de parâmetros.",
    "132001": "O modelo não existe neste idioma, ou a Meta ainda não o aprovou.",
    "132015": "A Meta pausou este modelo por baixa qualidade.",
    "132016": "A Meta desativou este modelo por baixa qualidade.",
    "130429": "Mensagens demais em pouco tempo.",
}
