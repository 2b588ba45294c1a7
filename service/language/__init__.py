"""What Portuguese words mean: days, times, periods, money, and what a message says. Pure, without a model."""
