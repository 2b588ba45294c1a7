"""WhatsApp: what comes in, what goes out, and the conversations of the two."""
