"""The shapes that everything passes around: records, problems, and work on every core."""
