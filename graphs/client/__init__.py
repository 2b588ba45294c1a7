"""The client agent: what customers talk to."""
