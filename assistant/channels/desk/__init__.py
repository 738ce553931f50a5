"""The help-desk console: mails in, drafts that staff check, correct and send."""
