"""A mail -> what its writer says today, and apart from it what is quoted and what cannot be read."""

from assistant.mail.letter import Letter, unwrap

__all__ = ["Letter", "unwrap"]
