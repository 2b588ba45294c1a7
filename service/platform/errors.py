"""Every failure that Patas expects, as one family. Anything else is a bug and may surface as one."""

from collections.abc import Sequence
from typing import Literal


class AppError(Exception):
    """An expected failure with one clear sentence for whoever asked.

    `status` is the HTTP status that the API answers with; the command line exits with code 2. `say` are wordings of what a customer may
    read of it, in whole sentences; none where it concerns only the program or the model that asked. `detail` is what another server said,
    which may repeat a customer's words: people who look into it read it, a log never has it.
    """

    status = 500
    say: tuple[str, ...] = ()
    detail: str = ""


class BadRequest(AppError):
    status = 400

    def __init__(self, message: str, *, say: str | Sequence[str] = ()) -> None:
        super().__init__(message)
        self.say = (say,) if isinstance(say, str) else tuple(say)


class NotYet(BadRequest):
    """What is asked waits until the customer has answered something else, which stands."""


class Unclear(BadRequest):
    """What somebody said can't be read, or means more than one thing: the sentence asks them, so a customer may read it, too.

    `say` where it is put otherwise to them, as a sentence that quotes is.
    """

    def __init__(self, message: str, *, say: str | Sequence[str] = ()) -> None:
        super().__init__(message, say=say or message)


class Unauthorized(AppError):
    status = 401


class Forbidden(AppError):
    status = 403


class NotFound(AppError):
    status = 404


class Conflict(AppError):
    status = 409


class TooLarge(AppError):
    status = 413


class TooManyAttempts(AppError):
    """Somebody's tokens were wrong too often; `retry_after` are the seconds until another is looked at."""

    status = 429

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Misconfigured(AppError):
    """A setting is missing or wrong; the sentence names the variable."""


class Overtaken(AppError):
    """The turn is not worth ending: the customer wrote again, a person took over, or another worker did. Nothing was written."""

    status = 503


class ModelFailed(AppError):
    """The language model gave no usable answer; the turn will be retried.

    `retry_after`: seconds before which asking again is useless. `limited`: the server had too many questions from all of us, which is no
    fault of this turn and none of its retries.
    """

    status = 502

    def __init__(self, message: str, *, retry_after: float = 0.0, limited: bool = False, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail
        self.retry_after = retry_after
        self.limited = limited


class SendFailed(AppError):
    """A provider refused a message, or could not be reached.

    `retry` tells what may be done: "never", "later" (after `delay` seconds), or "unknown" where the provider may have accepted it.
    `limit` names what the provider limits where it has had too much: messages to this customer ("pair") or of the whole number
    ("number"); that is no fault of the message, and not one of its attempts.
    """

    status = 502

    def __init__(self, message: str, *, code: str, retry: str, delay: float = 0.0, limit: Literal["pair", "number"] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.retry = retry
        self.delay = delay
        self.limit = limit
