"""Scripted dialogues with both agents, graded by end state, tool calls and replies: `python -m evals`.

A dialogue is one file of `dialogues/`: a shop, what customers and owners write, what the scripted model answers (`model:`, passed over
with --live), and what must have come of it (`expect:`, after a step or at the end). Beside messages (`says:`) a step can be a person's
answer (`person:`), the hand-back (`hand_back:`), a move on the day's board (`board:`), the scheduler's reminders and follow-ups as if it
were some instant (`remind:`), or its offers of freed times (`offer: now`). `minutes_later:` makes proposals and holds older.

A dialogue must pass on any day and at any hour. Days are `${friday}`; no shop closes on public holidays unless the dialogue wants one
(`${holiday}`); what is written unasked is played at noon (`remind: "${today 12:00}"`, about a visit of `${tomorrow 10:00}`), and where the
instant is now, the shop has no quiet hours. To read the code, go in this order:

dialogue.py    what a file may say                 templates.py   ${friday 15:00}: days relative to today
runner.py      plays one through the real code     script.py      the scripted model's answers
graders.py     holds the outcome to `expect`       state.py       the tables that it looks at
servers.py     Postgres, Redis, a fresh database for each dialogue; fixtures.py fills in the dialogue's shops
report.py      text, JUnit, Markdown               langsmith.py   the experiment, where a key is set
"""
