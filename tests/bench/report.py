"""The benchmark's table."""

from typing import Any

ROWS = (
    ("CPU per message, ms", "cpu_ms", "{:.1f}"),
    ("  of it the web process", "cpu_api_ms", "{:.1f}"),
    ("  of it the worker", "cpu_worker_ms", "{:.1f}"),
    ("throughput, messages/s", "throughput", "{:.1f}"),
    ("latency without the model p50, ms", "p50_ms", "{:.0f}"),
    ("latency without the model p95, ms", "p95_ms", "{:.0f}"),
    ("latency without the model p99, ms", "p99_ms", "{:.0f}"),
)


def as_text(result: dict[str, Any]) -> str:
    """A Markdown table with what was run above it."""
    options, trips = result["options"], result["round_trips"]
    lines = [
        f"{options['conversations']} conversations, {options['rounds']} rounds alternating with the floor (medians), "
        f"model latency {options['model_latency']:g} s per call, {options['threads']} turns at a time.",
        "",
        "| | Patas | hand-written floor |",
        "|---|---|---|",
    ]
    for label, key, form in ROWS:
        cells = [form.format(result[side][key]) if key in result[side] else "" for side in ("ours", "floor")]
        lines.append(f"| {label} | {cells[0]} | {cells[1]} |")
    lines += [
        f"| database round trips: webhook | {trips['intake']} | 1 |",
        f"| database round trips: turn and send | {trips['turn']} | 4 |",
        f"| database round trips: checkpoints | {trips['checkpoints']} | 0 |",
        "",
        f"CPU per message: {result['cpu_ratio']:.1f} times the floor's.",
    ]
    return "\n".join(lines)
