"""Topics: which exist, who sees them, and whether they are resolved."""
