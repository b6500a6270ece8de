"""MkDocs' events → quanze."""

from quanze.frame import Frame

globals().update(Frame().events())


def on_post_page(output, **_):
    """Write another fine."""
    return output.replace("10万", "7万")
