"""When visits can take place, what they take and cost, and what a customer agrees to."""
