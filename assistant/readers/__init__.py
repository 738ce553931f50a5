"""Plug-ins that read the sentences of one programme each; a programme names its own in source.toml."""
