"""Background jobs: running them when due, retrying failures, deleting old rows."""
