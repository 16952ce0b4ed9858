"""The commands about a team's past."""
