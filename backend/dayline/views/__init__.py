"""Views: what the board shows, kept under a name."""
