"""Views: named settings of what the board shows."""
