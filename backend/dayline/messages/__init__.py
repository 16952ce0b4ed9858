"""Messages in topics: posting and editing them, whom they mention and whom they ask."""
