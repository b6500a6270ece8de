"""How fast, how large and how exact: measured against other ways to publish the same records."""
