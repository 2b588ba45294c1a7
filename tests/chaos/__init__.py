"""`make chaos`: the whole system under kills and faults, and an audit of what became of every message."""
