"""Today: what waits for me, what I wait for, and what changed since I last looked."""
