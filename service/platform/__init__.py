"""What everything stands on: settings, errors, logs, the clock, the queue, the database and who may use it."""
