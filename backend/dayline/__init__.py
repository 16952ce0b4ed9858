"""Dayline: a server for distributed teams that work async-first."""

__version__ = "0.1.0"
