"""Timers: each records who should answer a message, by when, and how it ended."""
