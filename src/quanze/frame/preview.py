"""The preview: the one place that reaches into MkDocs' server, which has no door for pages made when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import Abort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mkdocs.livereload import LiveReloadServer


def preview(
    server: LiveReloadServer, lookup: Callable[[str], bytes | None], refresh: Callable[[], bool]
) -> LiveReloadServer:
    """Let a server answer with what `lookup` makes of an address, and go on after a rebuild that failed.

    MkDocs rebuilds its part only where `refresh` cannot do without.
    """
    rebuild, answer = server.builder, server.serve_request
    inner: Any = server  # what it keeps to itself has no types

    def build_or_keep() -> None:
        try:
            if not refresh():
                rebuild()
        except Abort as abort:
            # Left to itself the server would never answer again.
            print(f"{abort}\n仍显示上一次成功生成的页面；改好后会自动更新")  # noqa: T201

    def serve(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        path = str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8", "ignore")
        content = lookup(path.removeprefix(server.mount_path))
        if content is None:
            return answer(environ, start_response)
        if path.endswith("/"):
            content = inner._inject_js_into_html(content, inner._visible_epoch)  # noqa: SLF001
        kind = "text/html; charset=utf-8" if path.endswith("/") else inner._guess_type(path)  # noqa: SLF001
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content]

    server.builder = build_or_keep
    server.set_app(serve)
    return server
