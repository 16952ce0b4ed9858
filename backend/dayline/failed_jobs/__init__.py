"""Failed jobs, as admins see them and try them again."""
