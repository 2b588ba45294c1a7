"""One answer of the AI: what it is told, what it may say, and when it stops."""
