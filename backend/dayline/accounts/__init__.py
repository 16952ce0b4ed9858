"""Accounts, sessions, tokens, workspaces, members, invites, roles."""
