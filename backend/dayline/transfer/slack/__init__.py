"""Slack: reading, replaying and importing an export."""
