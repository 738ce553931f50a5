"""The web channel: the JSON API, its event stream, and pages that work without JavaScript."""
