"""MkDocs' events → quanze."""

from quanze.frame import Frame

globals().update(Frame().events())
