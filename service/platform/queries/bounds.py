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
  case when s.quiet_cap_seconds > 86400 then 'quiet_cap_seconds is over 86400' end,
  case when s.follow_up_hours > 8760 then 'follow_up_hours is over 8760' end,
  case when s.no_show_follow_up_hours > 8760 then 'no_show_follow_up_hours is over 8760' end], null)
"""

# Whose clock shows no more than 23:59 can't read a time of 24:00, which is the midnight of the next day.
QUIET_FROM: LiteralString = "(case when s.quiet_from = '24:00' then time '00:00' else s.quiet_from end)"
QUIET_UNTIL: LiteralString = "(case when s.quiet_until = '24:00' then time '00:00' else s.quiet_until end)"
REMINDER_HOURS: LiteralString = "array(select h from unnest(s.reminder_hours) h where h between 1 and 8760)"
VACCINE_DAYS: LiteralString = "array(select d from unnest(s.vaccine_reminder_days) d where d between 0 and 3660)"

# What a shop decided about unasked messages, as it is looked at across shops: no shop's slip is in the way of another's. Every kind reads
# the first, and what it goes by itself beside it.
OUTREACH: LiteralString = f"""
(select s.organization_id, s.outreach_kinds, {QUIET_FROM} as quiet_from, {QUIET_UNTIL} as quiet_until from organization_settings s)
"""
REMINDERS: LiteralString = f"(select s.organization_id, {REMINDER_HOURS} as reminder_hours from organization_settings s)"
VACCINES: LiteralString = f"(select s.organization_id, {VACCINE_DAYS} as vaccine_reminder_days from organization_settings s)"
FOLLOW_UP_HOURS: LiteralString = "(case when s.follow_up_hours > 8760 then 8760 else s.follow_up_hours end)"
NO_SHOW_HOURS: LiteralString = "(case when s.no_show_follow_up_hours > 8760 then 8760 else s.no_show_follow_up_hours end)"

# What of a list is left out, as texts such as "reminder_hours".
LEFT_OUT: LiteralString = f"""
array_remove(array[
  case when cardinality(s.reminder_hours) > cardinality({REMINDER_HOURS}) then 'reminder_hours' end,
  case when cardinality(s.vaccine_reminder_days) > cardinality({VACCINE_DAYS}) then 'vaccine_reminder_days' end], null)
"""
