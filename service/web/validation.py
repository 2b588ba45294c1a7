"""What is wrong with a field of a request, in Portuguese. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

PLACES = ("body", "query", "path", "header", "cookie")
WHOLE = "corpo"
"""What a mistake is said of that is in no single field."""

EMPTY = "não pode ficar vazio."
UNKNOWN = "não é um valor aceito aqui."

# By pydantic's type of error; {names} are of its context. https://docs.pydantic.dev/latest/errors/validation_errors/
REASONS = {
    "missing": "é obrigatório.",
    "json_invalid": "não é um JSON válido.",
    "extra_forbidden": "não existe aqui.",
    "literal_error": "precisa ser um destes: {expected}.",
    "enum": "precisa ser um destes: {expected}.",
    "greater_than": "precisa ser maior que {gt}.",
    "greater_than_equal": "precisa ser no mínimo {ge}.",
    "less_than": "precisa ser menor que {lt}.",
    "less_than_equal": "precisa ser no máximo {le}.",
    "multiple_of": "precisa ser múltiplo de {multiple_of}.",
    "finite_number": "precisa ser um número finito.",
    "string_too_short": "precisa ter pelo menos {min_length} caracteres.",
    "string_too_long": "pode ter no máximo {max_length} caracteres.",
    "string_pattern_mismatch": "não está no formato esperado.",
    "string_unicode": "tem caracteres que não são texto válido.",
    "too_short": "precisa ter pelo menos {min_length} itens.",
    "too_long": "pode ter no máximo {max_length} itens.",
    "int_from_float": "precisa ser um número inteiro.",
    "int_parsing_size": "é um número grande demais.",
    "timezone_aware": "precisa dizer o fuso, como em 2026-12-14T10:00:00-03:00.",
    "date_from_datetime_inexact": "precisa ser só o dia, sem a hora.",
    "none_required": "precisa ser nulo.",
}
# Other errors of a kind, by how their type begins.
KINDS = {
    "string": "precisa ser um texto.",
    "int": "precisa ser um número inteiro.",
    "float": "precisa ser um número.",
    "decimal": "precisa ser um número.",
    "bool": "precisa ser true ou false.",
    "uuid": "precisa ser um identificador (UUID).",
    "datetime": "precisa ser um instante, como 2026-12-14T10:00:00-03:00.",
    "timezone": "precisa dizer o fuso, como em 2026-12-14T10:00:00-03:00.",
    "date": "precisa ser um dia, como 2026-12-14.",
    "time": "precisa ser uma hora, como 14:30.",
    "list": "precisa ser uma lista.",
    "tuple": "precisa ser uma lista.",
    "set": "precisa ser uma lista.",
    "model": "precisa ser um objeto.",
    "dict": "precisa ser um objeto.",
    "dataclass": "precisa ser um objeto.",
    "json": "não é um JSON válido.",
    "bytes": "precisa ser um texto.",
}


def sentence(error: Mapping[str, Any]) -> str:
    """Say which field is wrong and why, for example "sessions: precisa ser no mínimo 1."

    `error` is one of pydantic's: `type`, `loc` and, where it has one, `ctx`.
    """
    return f"{_field(error['type'], error['loc'])}: {_reason(error['type'], error.get('ctx') or {})}"


def _field(kind: str, loc: Sequence[str | int]) -> str:
    """Name the field by its path, as the request does."""
    parts = loc[1:] if loc and loc[0] in PLACES else loc
    # Where a JSON text breaks off is a place in the text, not a field.
    return ".".join(map(str, parts)) if parts and kind != "json_invalid" else WHOLE


def _reason(kind: str, context: Mapping[str, Any]) -> str:
    known = EMPTY if context.get("min_length") == 1 else REASONS.get(kind) or KINDS.get(kind.split("_")[0], UNKNOWN)
    words = {name: str(value).replace(" or ", " ou ") if name == "expected" else value for name, value in context.items()}
    return known.format(**words)
