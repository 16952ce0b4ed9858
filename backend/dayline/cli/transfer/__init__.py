"""A team's past on the command line."""
