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
PEOPLE = (
    ("messages answered", "answered", "{:.0f}"),
    ("no answer within 60 s", "timeouts", "{:.0f}"),
    ("throughput, messages/s", "throughput", "{:.1f}"),
    ("messages under way, median", "under_way_median", "{:.0f}"),
    ("messages under way, most", "under_way_max", "{:.0f}"),
    ("model calls per message", "model_calls", "{:.2f}"),
    ("tool calls refused", "refused_calls", "{:.0f}"),
)
PARTS = (
    ("latency without the model", ""),
    ("webhook answered", "stored_"),
    ("from the webhook's post to the model's first call", "asked_"),
    ("from the model's first answer to its second call", "tool_"),
    ("from the model's second answer to the send", "sent_"),
    ("fakes: a model call beyond its time", "late_"),
)
PROCESSES = (("web process", "api"), ("worker", "worker"), ("fakes and customers", "fakes"))


def as_text(result: dict[str, Any]) -> str:
    """Format a Markdown table with what was run above it."""
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


def people_as_text(result: dict[str, Any]) -> str:
    """Markdown tables with what was run above them."""
    options, found = result["options"], result["people"]
    least, most = options["pause"]
    return "\n".join(
        [
            f"{options['people']} people who think {least:g} to {most:g} s before they write again, {options['minutes']:g} min, "
            f"model latency {options['model_latency']:g} s per call, {options['processes']} x {options['threads']} turns at a time.",
            "",
            "| | |",
            "|---|---|",
            *(f"| {label} | {form.format(found[key])} |" for label, key, form in PEOPLE),
            "",
            "| ms | p50 | p95 | p99 |",
            "|---|---|---|---|",
            *(f"| {label} | {_percentiles(found, prefix)} |" for label, prefix in PARTS),
            "",
            "| | CPU per message, ms | of one core, % |",
            "|---|---|---|",
            *(f"| {label} | {found[f'cpu_{name}_ms']:.1f} | {found[f'core_{name}_percent']:.0f} |" for label, name in PROCESSES),
            "",
            f"All cores were busy for {found['machine_percent']:.0f} % of the time, databases included.",
        ]
    )


def _percentiles(found: dict[str, Any], prefix: str) -> str:
    return " | ".join(f"{found[key]:.0f}" if (key := f"{prefix}p{p}_ms") in found else "" for p in (50, 95, 99))


def flood_as_text(result: dict[str, Any]) -> str:
    """Return the other shop's latencies without the model, alone and beside the flood."""
    options, flood = result["options"], result["flood"]
    lines = [
        f"{flood['messages']} customers of one shop at once, answered after {flood['seconds']:.0f} s; model latency "
        f"{options['model_latency']:g} s per call, {options['processes']} x {options['threads']} turns at a time.",
        "",
        "| another shop's answers, ms without the model | p50 | p95 | p99 |",
        "|---|---|---|---|",
    ]
    for label, when in (("alone", "alone"), (f"during the flood ({flood['during']})", "during")):
        lines.append(f"| {label} | " + " | ".join(f"{flood[f'{when}_{p}_ms']:.0f}" for p in ("p50", "p95", "p99")) + " |")
    return "\n".join([*lines, "", f"The slowest during the flood took {flood['during_most_ms']:.0f} ms."])
