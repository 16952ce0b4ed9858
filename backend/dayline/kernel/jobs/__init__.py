"""What is done when it is due, and again where it failed."""
