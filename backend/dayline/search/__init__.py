"""Search: one reviewed function over all that has words."""
