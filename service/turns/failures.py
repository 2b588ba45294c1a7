"""What a turn that broke off becomes: begun anew, handed back, tried again later, or given up on. Pure."""

from dataclasses import dataclass

from service.platform.errors import ModelFailed, Overtaken
from service.platform.settings import RETRY_DELAYS

# A worker that dies with a turn leaves no failure behind, only a claim, and so does a model that is asked too much: this many claims
# without an end are a poisoned turn.
MAX_CLAIMS = 10
# Seconds, times the claims so far, before a model that is asked too much is asked again.
LIMITED_DELAY = 2.0


class Stopped(Exception):
    """The worker stops; what was being thought up is for another one."""


class Poisoned(Exception):
    """The turn was claimed again and again, and nobody came to an end with it."""

    def __init__(self) -> None:
        super().__init__(f"{MAX_CLAIMS} attempts ended without an answer or an error.")


@dataclass(frozen=True, slots=True)
class Again:
    """Put back as if it had not begun, to be claimed anew at once with what has come since."""


@dataclass(frozen=True, slots=True)
class HandBack:
    """Put back as if it had not begun, for another worker."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Tried again in `seconds`. A failure that is none of the turn's own does not count as one of its attempts."""

    seconds: float
    counts: bool = True


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Given to a person, as a dead letter, after so many attempts."""

    attempts: int


def consequence(error: Exception, *, claims: int, failures: int) -> Again | HandBack | Retry | GiveUp:
    """Decide what becomes of a turn that ended with an error, in its `claims`-th claim and after `failures` failures before this one."""
    if isinstance(error, Overtaken):
        return Again()
    if isinstance(error, Stopped):
        return HandBack()
    limited = isinstance(error, ModelFailed) and error.limited
    attempt = failures + (not limited)
    if attempt > len(RETRY_DELAYS) or claims > MAX_CLAIMS:
        return GiveUp(attempt)
    seconds = max(RETRY_DELAYS[min(failures, len(RETRY_DELAYS) - 1)], error.retry_after if isinstance(error, ModelFailed) else 0.0)
    return Retry(max(seconds, LIMITED_DELAY * claims) if limited else seconds, counts=not limited)
