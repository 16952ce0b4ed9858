"""Messages in topics: posting and editing them, mentioning members and asking them."""
