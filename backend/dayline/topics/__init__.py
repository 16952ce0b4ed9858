"""Topics: one conversation about one thing."""
