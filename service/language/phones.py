"""Telephone numbers as people type them."""

import re

import phonenumbers

_TYPED = re.compile(r"\+?[0-9() ./-]{3,40}")
# A Brazilian mobile as it was written before it got its ninth digit.
_WITHOUT_NINTH = re.compile(r"([1-9]{2})([6-9]\d{7})")


def international(typed: str, country: str) -> str | None:
    """Return a typed number with its country's code, digits alone; without a + it is one of `country` (ISO 3166). None where it is no
    number there: nothing is left out, and nothing guessed.
    """
    if not _TYPED.fullmatch(typed.strip()):
        return None
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        return None
    national = phonenumbers.national_significant_number(number)
    if number.country_code == 55 and (old := _WITHOUT_NINTH.fullmatch(national)):
        number.national_number = int(f"{old[1]}9{old[2]}")
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")
