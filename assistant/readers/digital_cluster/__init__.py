"""What a person writes of a cluster, in Chinese or plain English -> facts, edits and what is asked."""

from assistant.eligibility.rules import RuleBook
from assistant.readers.digital_cluster.cluster import ClusterReader
from assistant.reading import Reader


def reader(book: RuleBook) -> Reader:
    """The reader of this programme, over the rules whose facts it states."""
    return ClusterReader(book)
