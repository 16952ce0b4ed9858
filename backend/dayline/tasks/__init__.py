"""Tasks: the work, and what hangs on it."""
