"""A loaded catalog: its records, settings, lists, lives, roles and links."""
