"""How well voice notes are heard with real weights: `make voice`."""
