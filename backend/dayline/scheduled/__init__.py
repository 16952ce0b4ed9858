"""Scheduled messages: written now, sent as their author at a chosen time."""
