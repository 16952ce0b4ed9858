"""Scheduled messages: written now, sent as their author at an instant."""
