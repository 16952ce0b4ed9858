"""Faults on purpose: processes killed while clients write."""
