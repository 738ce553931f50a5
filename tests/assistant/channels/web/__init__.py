"""The web channel, through the front door: requests in, responses out."""
