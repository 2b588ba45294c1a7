"""What a turn that broke off becomes."""

import pytest

from service.platform.errors import ModelFailed, Overtaken
from service.turns.failures import MAX_CLAIMS, Again, GiveUp, HandBack, Poisoned, Retry, Stopped, consequence

BROKEN = ConnectionError("the database went away")
LIMITED = ModelFailed("asked too much", limited=True)


@pytest.mark.parametrize(
    ("error", "claims", "failures", "becomes"),
    [
        (BROKEN, 1, 0, Retry(2.0)),
        (BROKEN, 2, 1, Retry(4.0)),
        (BROKEN, 3, 2, Retry(8.0)),
        (BROKEN, 4, 3, GiveUp(4)),
        # What the server asks for is waited for, where it is longer.
        (ModelFailed("later", retry_after=30.0), 1, 0, Retry(30.0)),
        (ModelFailed("soon", retry_after=1.0), 2, 1, Retry(4.0)),
        # A model that is asked too much is no fault of the turn, and is asked less and less often.
        (LIMITED, 1, 0, Retry(2.0, counts=False)),
        (LIMITED, 5, 0, Retry(10.0, counts=False)),
        (LIMITED, 5, 3, Retry(10.0, counts=False)),
        (ModelFailed("asked too much", limited=True, retry_after=60.0), 5, 1, Retry(60.0, counts=False)),
        (LIMITED, MAX_CLAIMS, 0, Retry(20.0, counts=False)),
        (LIMITED, MAX_CLAIMS + 1, 0, GiveUp(0)),
        # Workers that died over it have left no failures.
        (Poisoned(), MAX_CLAIMS + 1, 0, GiveUp(1)),
        (BROKEN, MAX_CLAIMS + 1, 1, GiveUp(2)),
        # Neither is a failure, however often it comes.
        (Overtaken("the customer wrote on"), MAX_CLAIMS + 1, 3, Again()),
        (Stopped(), MAX_CLAIMS + 1, 3, HandBack()),
    ],
)
def test_what_becomes_of_it(error: Exception, claims: int, failures: int, becomes: object) -> None:
    assert consequence(error, claims=claims, failures=failures) == becomes
