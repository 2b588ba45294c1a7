"""What a shop's people manage: the day's board, days off, packages, pick-up, treatments, knowledge, figures."""
