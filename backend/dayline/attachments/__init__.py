"""Files attached to messages and tasks."""
