"""
The loop that closes: what could not be answered -> open items -> proposed changes of the corpus -> a new index.

`loop.Knowledge` is the door for channels; `assistants.Assistants` serves the builds and changes over
to a new one without downtime. This package imports neither ingest nor eval; the composition root hands in what is done with a corpus.
"""
