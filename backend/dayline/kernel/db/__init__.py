"""Rows, transactions, events and statements."""
