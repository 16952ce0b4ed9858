"""The agreement: within which working time the team answers, version by version, and signed."""
