"""What a person writes of a cluster, in Chinese or plain English -> facts, edits and what is asked."""

from assistant.readers.digital_cluster.conversation import apply, is_numeric
from assistant.readers.digital_cluster.reader import read

__all__ = ["apply", "is_numeric", "read"]
