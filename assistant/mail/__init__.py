"""A mail -> what its writer says today, and apart from it what is quoted and what cannot be read."""
