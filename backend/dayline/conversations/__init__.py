"""Topics: which there are, who sees them, and whether they are resolved."""
