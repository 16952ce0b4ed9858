"""Notify: posts events to Slack channels."""
