"""Slack: what an export holds, in the words of Dayline."""
