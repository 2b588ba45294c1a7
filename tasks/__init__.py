"""The Dramatiq actors: shells that take ids, open nothing, and delegate."""
