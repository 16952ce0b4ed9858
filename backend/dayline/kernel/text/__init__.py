"""Text: Markdown, names, secrets, time zones."""
