"""Everything under the agents, in nine rooms: each has one subject, and its SQL in `queries/`."""
