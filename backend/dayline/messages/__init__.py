"""Messages in topics: posting, editing, whom they mention and whom they ask."""
