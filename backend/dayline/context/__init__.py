"""What a thing is called and where it leads."""
