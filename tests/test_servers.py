"""The snippets of the deploy guide, each in the server that it is for: types, compression, redirects, headers, 404."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

GUIDE = (Path(__file__).parents[1] / "src/quanze/frame/guide/deploy.md").read_text("utf-8")
BASE = "/zwgk/quanze"
FILES = {
    "index.html": "<p>首页</p>" * 200,
    "items/index.html": "<p>事项</p>",
    "404.html": "<p>没有这一页</p>",
    "feed.xml": "<feed/>" + " " * 2000,
    "assets/a.css": "p{}" * 500,
    "data/v1/index.json": '{"a":1}' * 300,
    "log/index.html": "<p>日志</p>",
    "log/checkpoint": "example\n1\nAAAA\n\n",
    "log/tile/0/000.p/1": "0" * 32,
}
NGINX = """{user}daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    include /etc/nginx/mime.types; access_log off;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    server {{ listen 127.0.0.1:{port}; {snippet} }}
}}
"""
CADDY = "{{\n admin off\n auto_https off\n}}\nhttp://127.0.0.1:{port} {{\n{snippet}\n}}\n"


@pytest.fixture(name="server", params=["nginx", "caddy"], scope="module")
def _server(request, tmp_path_factory):
    program = shutil.which(request.param) or shutil.which(request.param, path="/usr/sbin")
    if not program:
        pytest.skip(f"没有 {request.param}，跳过它的部署片段")
    folder = tmp_path_factory.mktemp(request.param)
    folder.chmod(0o755)
    for parent in folder.parents[:3]:
        parent.chmod(parent.stat().st_mode | 0o055)
    for path, content in FILES.items():
        file = folder / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    snippet = re.search(rf"```{request.param}\n(.*?)```", GUIDE, re.DOTALL)[1].replace("/srv/quanze", str(folder))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = "" if os.geteuid() else "user root; "  # what tests write may be in a folder that is closed to others
    template = {"nginx": NGINX, "caddy": CADDY}[request.param]
    file = folder / "configuration"
    file.write_text(template.format(folder=folder, port=port, snippet=snippet, user=user), "utf-8")
    words = {"nginx": ["-c", str(file)], "caddy": ["run", "--adapter", "caddyfile", "--config", str(file)]}
    with subprocess.Popen([program, *words[request.param]], stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait(port, process)
            yield port
        finally:
            process.terminate()


def _wait(port, process):
    for _ in range(100):
        assert process.poll() is None, process.stderr.read()
        try:
            socket.create_connection(("127.0.0.1", port), 0.1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the server does not answer")


def get(port, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/", "text/html"),
        ("/assets/a.css", "text/css"),
        ("/feed.xml", "text/xml"),
        ("/data/v1/index.json", "application/json"),
        ("/log/", "text/html"),
        ("/log/checkpoint", "text/plain"),
        ("/log/tile/0/000.p/1", "application/octet-stream"),
    ],
)
def test_every_file_has_its_type(server, path, type_):
    answer, content = get(server, BASE + path)
    assert answer.status == 200
    assert answer.headers["Content-Type"].replace("application/xml", "text/xml").partition(";")[0] == type_
    assert content.decode() == FILES[path.lstrip("/") + ("index.html" if path.endswith("/") else "")]


@pytest.mark.parametrize("path", ["/", "/feed.xml", "/assets/a.css", "/data/v1/index.json"])
def test_what_is_text_is_compressed(server, path):
    assert get(server, BASE + path, **{"Accept-Encoding": "gzip"})[0].headers["Content-Encoding"] == "gzip"
    assert get(server, BASE + path)[0].headers["Content-Encoding"] is None


def test_a_folder_without_slash_leads_on_without_naming_a_host(server):
    answer, _ = get(server, f"{BASE}/items")
    assert answer.status in {301, 302, 307, 308}
    assert answer.headers["Location"] in {f"{BASE}/items/", "items/"}


def test_an_unknown_page_is_ours_and_a_404(server):
    answer, content = get(server, f"{BASE}/items/xzcf-999/")
    assert (answer.status, content.decode()) == (404, FILES["404.html"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_headers(server):
    answer, _ = get(server, f"{BASE}/")
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert answer.headers["Cache-Control"] == "public, max-age=300, must-revalidate"
    assert get(server, f"{BASE}/log/checkpoint")[0].headers["Cache-Control"] == "no-cache"


def test_nothing_outside_the_site_is_handed_out(server):
    for path in ("/../configuration", "/%2e%2e/configuration", "/..%2fconfiguration"):
        assert b"listen" not in get(server, BASE + path)[1]
        assert b"file_server" not in get(server, BASE + path)[1]
