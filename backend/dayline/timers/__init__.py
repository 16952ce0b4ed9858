"""Timers: each records who is expected to answer whom, by when, and how it ended."""
