"""HTTP of accounts and of their sessions."""
