"""Prometheus metrics of all processes, and their text form.

Labels take a few known values only: nothing that a customer wrote becomes a label.
"""

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

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
MODEL_CALLS = Counter(
    "patas_model_calls_total",
    "Calls of a model's endpoint (primary or fallback): ok, timeout, unreachable, limited, server_error, refused, malformed, or open "
    "where the circuit breaker let none through.",
    ["endpoint", "outcome"],
)
UNBACKED_REPLIES = Counter(
    "patas_unbacked_replies_total",
    "Replies to customers that stated what nothing backs, by what followed: asked_again, or person where the second was no better.",
    ["outcome"],
)


def render() -> bytes:
    """All metrics in Prometheus' text format; those of all processes where they share a PROMETHEUS_MULTIPROC_DIR."""
    shared = CollectorRegistry()
    try:
        MultiProcessCollector(shared)
    except ValueError:
        return generate_latest(REGISTRY)
    return generate_latest(shared)
