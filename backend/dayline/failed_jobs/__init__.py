"""Failed jobs: admins see them and retry them."""
