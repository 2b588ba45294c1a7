"""Voice notes: transcribed before the turn that answers them, and what comes of what was heard."""
