"""Scripted dialogues with both agents, graded by end state, tool calls and replies: `python -m evals`."""
