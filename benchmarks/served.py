"""A local server that counts what it sends, as a server with gzip would send it."""

from __future__ import annotations

import gzip
import threading
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BLANK = "/blank.html"
"""A page that belongs to no tool, on which the searches are started."""


class Server(ThreadingHTTPServer):
    """Serves one folder and remembers how many bytes went out."""

    sent = 0


class _Handler(SimpleHTTPRequestHandler):
    """Answers from the folder, and counts every file, gzipped where that makes it smaller."""

    server: Server

    def do_GET(self) -> None:
        """Answer a request."""
        if self.path == BLANK:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>blank</title>")
            return
        file = Path(self.translate_path(self.path))
        if file.is_file():
            self.server.sent += _size(file)
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@cache
def _size(file: Path) -> int:
    """Return the bytes of a file on the wire; files that are compressed already go as they are."""
    content = file.read_bytes()
    return min(len(content), len(gzip.compress(content, 6)))


@contextmanager
def serve(site: Path) -> Iterator[Server]:
    """Serve a folder while the block runs."""
    with Server(("127.0.0.1", 0), partial(_Handler, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
