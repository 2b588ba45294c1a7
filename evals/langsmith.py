"""A run as an experiment in LangSmith: the dialogues are a dataset's examples, each outcome a run with feedback per subject."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from langsmith import Client
from langsmith.utils import LangSmithError
from requests import RequestException

from evals.report import COLUMNS, share
from evals.runner import Outcome
from service.platform.errors import AppError
from service.platform.settings import Settings

DATASET = "patas-evals"


class NotRecorded(AppError):
    """LangSmith could not be reached, or refused."""


def is_wanted(settings: Settings) -> bool:
    """Return whether experiments go to LangSmith: a key is enough here; who has one and wants no traces sets LANGSMITH_TRACING=false."""
    said_no = "langsmith_tracing" in settings.model_fields_set and not settings.langsmith_tracing
    return bool(settings.langsmith_api_key) and not said_no


def record(settings: Settings, outcomes: Sequence[Outcome], *, live: bool) -> str:
    """Record a run; returns the experiment's name. Raises NotRecorded."""
    key = settings.langsmith_api_key.get_secret_value() if settings.langsmith_api_key else None
    client = Client(api_url=settings.langsmith_endpoint, api_key=key)
    try:
        experiment = _record(client, outcomes, live=live)
    except (LangSmithError, RequestException) as error:
        raise NotRecorded(f"LangSmith did not take the experiment: {type(error).__name__}, {error}") from error
    finally:
        client.close()
    return experiment


def _record(client: Client, outcomes: Sequence[Outcome], *, live: bool) -> str:
    dataset_id, examples = _examples(client, outcomes)
    mode = "live" if live else "scripted"
    experiment = f"{DATASET}-{mode}-{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid4().hex[:6]}"
    project = client.create_project(experiment, reference_dataset_id=dataset_id, metadata={"mode": mode})
    for outcome in outcomes:
        run_id = uuid4()
        client.create_run(
            id=run_id,
            name=outcome.name,
            run_type="chain",
            inputs={"dialogue": outcome.name, "about": outcome.about},
            outputs={"transcript": outcome.transcript, "failures": [f"{c.where}, {c.subject}: {c.detail}" for c in outcome.failures]},
            project_name=experiment,
            reference_example_id=examples[outcome.name],
            start_time=outcome.started,
            end_time=outcome.started + timedelta(seconds=outcome.seconds),
        )
        for key, score in _scores(outcome).items():
            client.create_feedback(run_id, key=key, score=score, session_id=project.id, start_time=outcome.started)
    return experiment


def _scores(outcome: Outcome) -> dict[str, float]:
    """Return `passed` and, for each subject that was checked, the share of its checks that passed."""
    shares = {name: share(outcome, subjects) for name, subjects in COLUMNS.items()}
    return {"passed": float(outcome.passed), **{name: passed / total for name, (passed, total) in shares.items() if total}}


def _examples(client: Client, outcomes: Sequence[Outcome]) -> tuple[UUID, dict[str, UUID]]:
    """Return the dataset, and the example of each dialogue in it; make what is missing."""
    if client.has_dataset(dataset_name=DATASET):
        dataset = client.read_dataset(dataset_name=DATASET)
        known = {example.id for example in client.list_examples(dataset_id=dataset.id)}
    else:
        dataset = client.create_dataset(DATASET, description="Dialogues with both agents of Patas, graded by end state, calls and replies.")
        known = set()
    ids = {outcome.name: uuid5(NAMESPACE_URL, f"{dataset.id}/{outcome.name}") for outcome in outcomes}
    missing: list[dict[str, Any]] = [
        {"id": ids[o.name], "inputs": {"dialogue": o.name, "about": o.about}, "reference_outputs": {"passed": True}}
        for o in outcomes
        if ids[o.name] not in known
    ]
    if missing:
        client.create_examples(dataset_id=dataset.id, examples=missing)
    return dataset.id, ids
