"""Everything under the agents: settings, database, channels, use cases, HTTP."""
