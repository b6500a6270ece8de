"""The frame: MkDocs and its theme, driven by events. Nothing else knows MkDocs."""

from quanze.frame.events import Frame

__all__ = ["Frame"]
