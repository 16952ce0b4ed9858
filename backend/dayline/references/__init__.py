"""References: what used to be explained by talking, written down once."""
