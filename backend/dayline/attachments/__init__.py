"""Files that hang on messages and tasks."""
