"""The embedded default: PostgreSQL and Valkey, supervised with the server and the worker."""
