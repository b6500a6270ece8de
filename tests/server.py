"""A web server on this machine for tests: each path answers as it is told to, well or badly."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Answer = bytes | Callable[[BaseHTTPRequestHandler], None]
"""A file's content, or what to do when it is asked for."""


@contextmanager
def serve(answers: Mapping[str, Answer], protocol: str = "HTTP/1.0") -> Iterator[str]:
    """Serve files by path on a free port of 127.0.0.1 while the context lasts; yield the address.

    A path that ends in a slash answers with its index.html; an unknown one with 404, and one with a query that is not
    known as the path without. HTTP/1.1 keeps connections.
    """

    class Handler(BaseHTTPRequestHandler):
        """Answers one request."""

        protocol_version = protocol

        def do_GET(self) -> None:
            """Answer as told."""
            path, mark, query = self.path.lstrip("/").partition("?")
            path += "index.html" if path.endswith("/") or not path else ""
            answer = answers.get(path + mark + query, answers.get(path))
            if answer is None:
                self.send_error(404)
            elif isinstance(answer, bytes):
                send(self, answer)
            else:
                answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, content: bytes, length: int | None = None, **headers: str) -> None:
    """Answer with a content; `length` is what is told of it, where that is not true."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content) if length is None else length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


def redirect(target: str) -> Answer:
    """Return an answer that sends the reader elsewhere."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer
