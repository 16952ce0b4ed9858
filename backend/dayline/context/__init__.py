"""Context: what a thing is called and where it belongs."""
