"""What is kept of conversations and feedback: in SQLite by default, in PostgreSQL by URL."""
