"""The web process: webhooks, the API for people, the pages."""
