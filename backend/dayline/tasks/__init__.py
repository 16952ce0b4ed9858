"""Tasks: the work, with its labels, watchers and dependencies."""
