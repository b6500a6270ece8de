"""What is published: pages, files, search, theme, and one build from its check to its last file."""
