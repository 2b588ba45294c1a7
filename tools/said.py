"""The grounds that a tool and its arguments may have: who must have said it, and where that is looked at."""

from collections.abc import Mapping
from typing import Any

from service.language.words import COATS, SIZES
from tools import acts, said_days, said_names, said_needs, said_pets, said_visits
from tools.grounds import Asked, Basis, Ground, Unsaid, Verdict
from tools.heard import Heard


def _anything(asked: Asked, heard: Heard) -> Verdict:
    return None


def _unlooked(args: Mapping[str, Any], heard: Heard) -> Unsaid | None:
    return None


class Wished:
    """What it may rest on that a tool is carried out."""

    CANCEL = Basis("the customer's wish to cancel", acts.act("cancel"))
    MOVE = Basis("the customer's wish to move what stands", acts.act("move"))
    WAIT = Basis("the customer's wish to be put on the waiting list, or told when something is free", acts.act("wait"))
    LEAVE = Basis("the customer's wish to wait no longer", acts.act("leave"))
    MESSAGES = Basis("the customer's word on being written to", acts.on_messages)
    BOOK = Basis("its arguments, and the customer's own yes to the question that states them all; not what they forbid", acts.not_forbidden)
    PERSON = Basis("anything but words that want nothing: a greeting, thanks, a goodbye", said_needs.a_person)
    TOLD = Basis("its arguments, each of which the customer told", _unlooked)


class Said:
    """What an argument may rest on."""

    PET = Ground("a pet on record, which was named where there are several", said_pets.pet, fill=said_pets.the_pet)
    PET_TOLD_OF = Ground("a pet on record, of which something was told", said_pets.pet_told_of, fill=said_pets.the_pet_told_of)
    PET_NAME = Ground("a pet's name, word for word the customer's", said_names.pet_name)
    NEW_NAME = Ground("another name for a pet, said to be the right one", said_names.new_name)
    OWN_NAME = Ground("the customer's own name, given as theirs", said_names.own_name)
    SPECIES = Ground("a species, named by itself or by a breed", said_pets.species, fill=said_pets.the_species)
    BREED = Ground("a breed that the customer named", said_pets.breed)
    AGE = Ground("an age that the customer told", said_pets.age)
    BIRTH_DATE = Ground("a date that the customer told", said_pets.birth_date)
    SIZE = Ground("a size that the customer told", said_pets.fact("size", dict(SIZES), "o porte"))
    COAT = Ground("a coat that the customer told", said_pets.fact("coat", dict(COATS), "o pelo"))
    NOTES = Ground("the customer's own words", said_pets.notes)
    DIED = Ground("a death, or that it was a mistake, as the customer told", said_pets.died)
    SERVICE = Ground("a service that was spoken of", said_visits.service, fill=said_visits.the_service)
    DAY = Ground("a day that was said, offered or booked", said_days.day, fill=said_days.the_day)
    BOOKED_DAY = Ground("the day of an appointment that stands", said_days.booked_day)
    LOOK = Ground("days within what was said, or several where none was", said_days.look, fill=said_days.days_to_look_at)
    TIME = Ground("a time or part of the day, said, offered or booked", said_days.at_time, fill=said_days.the_time, fills_all=True)
    NIGHTS = Ground("so many nights, as said or by the days", said_visits.nights, fill=said_visits.the_nights, fills_all=True)
    WEEKS = Ground("so many weeks, as said", said_visits.weeks)
    PERSON = Ground("somebody of the shop's who was named", said_visits.person)
    ZONE = Ground("a part of town that was named for the pick-up", said_visits.zone)
    PERIOD = Ground("a period that the owner spoke of", said_visits.period)
    COUNT = Ground("a number that the owner named", said_visits.count)
    ANYTHING = Ground("nothing: the model's own words, which are stored nowhere as the customer's", _anything)
