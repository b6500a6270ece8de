"""The version of quanze, and where its files lie."""

from pathlib import Path

__version__ = "0.2.0"
"""Stands here, not in what is installed: a commit that is built again has to tell its own version."""
FOLDER = Path(__file__).parents[1]
