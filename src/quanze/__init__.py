"""quanze: a bureau's powers, published from checked YAML."""

__version__ = "0.1.0"
"""Stands here, not in what is installed: a commit that is built again has to tell its own version."""
