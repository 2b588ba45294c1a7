"""The codes that our own database functions raise, each with one meaning; the class `PT` is ours, as it is PostgREST's."""

from typing import Final

NOT_COVERED: Final = "PT402"
"""A package does not cover a booking; the error's constraint names the rule (`patas.use_package`)."""

GONE: Final = "PT404"
"""What was to be changed is no longer what it was seen to be, or is not there at all."""

LEASE_LOST: Final = "PT409"
"""Another worker has taken the conversation over (`patas.assert_lease`)."""

TURN_OVERTAKEN: Final = "PT410"
"""The turn may not act any more: the customer wrote on, a person took over, or the lease is lost."""

QUESTION_OPEN: Final = "PT411"
"""The running turn has put another question to the customer already: one waits for its answer at a time."""

VISIT_MOVED_ON: Final = "PT412"
"""A booking of the day's board, or another of its visit, is no longer at the step at which it was seen."""
