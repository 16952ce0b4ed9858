"""The embedded installation: PostgreSQL and Valkey, supervised with the server and the worker."""
