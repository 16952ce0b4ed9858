"""Decisions: a proposal, the stakeholders' input, an outcome, and the record of it."""
