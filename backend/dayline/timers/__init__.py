"""Timers: who owes whom an answer, by when, and what became of it."""
