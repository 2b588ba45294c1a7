"""`make fuzz`: what nobody would send, by the hundred thousand."""
