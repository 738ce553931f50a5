"""The chat window that other sites embed with one line: its source, and the one file that is served."""
