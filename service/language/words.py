"""The words of what is stored in codes: species, sizes, coats, treatments, and how far a booking is."""

from typing import Literal

Species = Literal["dog", "cat", "bird", "rabbit", "rodent", "reptile", "fish", "other"]
Size = Literal["mini", "small", "medium", "large", "giant"]
Coat = Literal["short", "medium", "long"]
TreatmentKind = Literal["vaccine", "dewormer"]
BookingStatus = Literal["scheduled", "confirmed", "in_progress", "completed", "cancelled", "no_show"]

SPECIES: dict[str, str] = {
    "dog": "cachorro", "cat": "gato", "bird": "ave", "rabbit": "coelho", "rodent": "roedor", "reptile": "réptil", "fish": "peixe",
    "other": "outro",
}  # fmt: skip
SIZES: dict[str, str] = {"mini": "mini", "small": "pequeno", "medium": "médio", "large": "grande", "giant": "gigante"}
COATS: dict[str, str] = {"short": "curto", "medium": "médio", "long": "longo"}
TREATMENTS: dict[TreatmentKind, str] = {"vaccine": "vacina", "dewormer": "vermífugo"}
BOOKING_STATUS: dict[BookingStatus, str] = {
    "scheduled": "agendado",
    "confirmed": "confirmado",
    "in_progress": "em atendimento",
    "completed": "concluído",
    "cancelled": "cancelado",
    "no_show": "não compareceu",
}
