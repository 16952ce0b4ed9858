"""Markdown, names, secrets, zones: text and what it may hold."""
