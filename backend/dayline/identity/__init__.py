"""Accounts, and how they sign in: sessions, passwords, links, what an account may see of itself."""
