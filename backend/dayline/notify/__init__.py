"""Notify: from events to messages in Slack."""
