"""What the agents can do: factories that receive the database and return tools for the model."""
