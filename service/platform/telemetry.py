"""Prometheus metrics of all processes, and their text form.

Labels take a few known values only: nothing that a customer wrote becomes a label.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

WEBHOOKS = Counter("patas_webhooks_total", "Webhook bodies by what became of them.", ["channel", "outcome"])
WEBHOOK_SECONDS = Histogram(
    "patas_webhook_seconds",
    "Seconds from a whole body to the answer.",
    ["channel"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
)
MESSAGES = Counter(
    "patas_messages_received_total", "Messages of webhooks: stored (answerable or not) or duplicate.", ["channel", "outcome"]
)
STATUSES = Counter("patas_statuses_received_total", "Delivery statuses of webhooks, known or unknown to us.", ["state", "outcome"])
UNKNOWN_NUMBERS = Counter("patas_unknown_numbers_total", "Deliveries for a number that no active instance has.", ["channel"])

TURNS = Counter("patas_turns_total", "Turns by agent and outcome: success, retry, overtaken, limited or dead.", ["ai_type", "outcome"])
TURN_SECONDS = Histogram(
    "patas_turn_seconds",
    "Seconds of a whole turn, the model's share included.",
    ["ai_type"],
    buckets=(0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64),
)
SENDS = Counter("patas_sends_total", "Sends by channel: sent, or what the failure allows (never, later, unknown).", ["channel", "outcome"])
MEDIA = Counter("patas_media_total", "Files of messages by kind and outcome: kept, hear (and to be heard) or failed.", ["kind", "outcome"])
VOICE = Counter("patas_voice_total", "Voice notes by what came of them: heard, unclear (asked to write), or failed.", ["outcome"])
MODEL_CALLS = Counter(
    "patas_model_calls_total",
    "Calls of a model's endpoint (primary or fallback): ok, timeout, unreachable, limited, server_error, gone, refused, malformed, or "
    "open where the circuit breaker let none through.",
    ["endpoint", "outcome"],
)
MODEL_TOKENS = Counter(
    "patas_model_tokens_total",
    "Tokens by agent, model (other where it is in no table) and kind: prompt, of these cached and written to the cache, and output.",
    ["ai_type", "model", "kind"],
)
UNBACKED_REPLIES = Counter(
    "patas_unbacked_replies_total",
    "Replies to customers that stated what nothing backs, by what followed: asked_again, or person where the second was no better.",
    ["outcome"],
)


class CachedShare(Collector):
    """Reads off the tokens that are counted which share of the prompts the provider had cached."""

    def __init__(self, counted: CollectorRegistry) -> None:
        self._counted = counted

    def collect(self) -> Iterable[Metric]:
        """Return the share of each agent that was asked anything."""
        about = "Share of the prompts' tokens that the provider had cached."
        share = GaugeMetricFamily("patas_model_cached_share", about, labels=["ai_type"])
        for ai_type, tokens in self._tokens():
            if tokens["prompt"]:
                share.add_metric([ai_type], tokens["cached"] / tokens["prompt"])
        yield share

    def _tokens(self) -> Iterator[tuple[str, dict[str, float]]]:
        found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for family in self._counted.collect():
            for sample in family.samples:
                if sample.name == "patas_model_tokens_total":
                    found[sample.labels["ai_type"]][sample.labels["kind"]] += sample.value
        return iter(found.items())


def render() -> bytes:
    """All metrics in Prometheus' text format; those of all processes where they share a PROMETHEUS_MULTIPROC_DIR."""
    counted = CollectorRegistry()
    try:
        MultiProcessCollector(counted)
    except ValueError:
        counted = REGISTRY
    derived = CollectorRegistry()
    derived.register(CachedShare(counted))
    return generate_latest(counted) + generate_latest(derived)
