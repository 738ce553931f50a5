"""Text -> clauses -> index, offline: python -m ingest CORPUS_FOLDER."""
