"""How often texts were sent for a reason although they miss points that are required."""
