"""Decisions: a proposal, the input of those who are asked, an outcome, and its record."""
