"""A shop's own numbers as they are read from its settings `s`: no greater than makes sense, null where it has not said.

The table only asks that they are positive, and takes infinity and NaN, which Postgres orders above every number.
"""

from typing import LiteralString

PAUSE_HOURS: LiteralString = "(case when s.pause_hours > 8760 then 8760 else s.pause_hours end)"
QUIET_WINDOW: LiteralString = "(case when s.quiet_window_seconds > 86400 then 86400 else s.quiet_window_seconds end)"
QUIET_CAP: LiteralString = "(case when s.quiet_cap_seconds > 86400 then 86400 else s.quiet_cap_seconds end)"

# What a shop has set beyond these, as texts such as "pause_hours is over 8760".
BEYOND: LiteralString = """
array_remove(array[
  case when s.pause_hours > 8760 then 'pause_hours is over 8760' end,
  case when s.quiet_window_seconds > 86400 then 'quiet_window_seconds is over 86400' end,
  case when s.quiet_cap_seconds > 86400 then 'quiet_cap_seconds is over 86400' end], null)
"""
