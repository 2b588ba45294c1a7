"""The table of faults and invariants."""

from tests.chaos.audit import INVARIANTS, Findings


def as_markdown(results: list[tuple[str, int, int, Findings]], injected: dict[str, int], seed: int, seconds: float, restarts: int) -> str:
    """Format rounds (label, faults, conversations, findings) as a Markdown table; a number is how often an invariant was violated."""
    columns = [
        "round",
        "faults",
        "conversations",
        "messages",
        "replies",
        *INVARIANTS,
        "to people",
        "sends unconfirmed",
        "slowest answer, s",
    ]
    lines = ["| " + " | ".join(columns) + " |", "|---|" + "---:|" * (len(columns) - 1)]
    for label, faults, conversations, found in results:
        numbers = [faults, conversations, found.messages, found.replies, *(len(found.violations[name]) for name in INVARIANTS)]
        lines.append(f"| {label} | " + " | ".join(map(str, [*numbers, found.to_people, found.unconfirmed, round(found.slowest)])) + " |")
    total = [
        sum(r[1] for r in results),
        sum(r[2] for r in results),
        sum(r[3].messages for r in results),
        sum(r[3].replies for r in results),
    ]
    total += [sum(len(r[3].violations[name]) for r in results) for name in INVARIANTS]
    total += [sum(r[3].to_people for r in results), sum(r[3].unconfirmed for r in results), round(max(r[3].slowest for r in results))]
    lines.append("| **all** | " + " | ".join(f"**{n}**" for n in total) + " |")
    lines += ["", f"Seed {seed}; {seconds / 60:.0f} minutes; processes restarted {restarts} times. Faults by kind: "
              + ", ".join(f"{kind} {count}" for kind, count in injected.items() if count) + "."]  # fmt: skip
    wrong = [f"- {label}, {name}: {what}" for label, _, _, found in results for name, list_ in found.violations.items() for what in list_]
    return "\n".join([*lines, *(["", *wrong[:200]] if wrong else [])]) + "\n"
