"""References: short answers written down once instead of explained again and again."""
