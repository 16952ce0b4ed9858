"""Tests of Dayline, on the real PostgreSQL, the real Valkey and the real app."""
