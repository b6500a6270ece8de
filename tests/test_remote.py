"""Reading a published site: from a folder, and from a server that may do anything."""

from __future__ import annotations

import contextlib
import gzip
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from tests.server import redirect, send, serve

from quanze.base.problem import Fault
from quanze.proof import remote
from quanze.proof.deadline import within
from quanze.proof.remote import Folder, Web, cloaked, published
from quanze.proof.response import Silent, Unreadable, _size, redirected
from quanze.proof.visitor import visits


def read(answers, path="a.json"):
    with serve(answers) as url:
        return Web(url).read(path)


def test_a_file_comes_as_it_is():
    assert read({"a.json": b"{}\r\n\x00"}) == b"{}\r\n\x00"


def test_what_is_not_there_is_none():
    assert read({}) is None


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("index.html", "index.html"),
        ("items/xzcf-001/index.html", "items/xzcf-001/index.html"),
        ("guide/myindex.html", "guide/myindex.html"),
        ("data/清单 一.csv", "data/%E6%B8%85%E5%8D%95%20%E4%B8%80.csv"),
    ],
)
def test_a_page_is_asked_for_at_the_address_that_readers_know(path, asked):
    assert read({asked: b"x"}, path) == b"x"


@pytest.mark.parametrize("tail", ["", "/", "/index.html"])
def test_an_address_may_end_as_people_write_it(tail):
    with serve({"sub/a.json": b"1"}) as url:
        assert Web(f"{url}sub{tail}").read("a.json") == b"1"


def test_an_empty_file():
    assert read({"a.json": b""}) == b""


def cut(handler):
    send(handler, b"half", length=8)


def cut_chunk(handler):
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"8\r\nhalf")
    handler.close_connection = True


def big(handler):
    send(handler, b"x" * 101)


def said_big(handler):
    send(handler, b"", length=1 << 40)


def endless(handler):
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(b"x" * 101)


def packed(content, cut=None):
    def answer(handler):
        send(handler, gzip.compress(content)[:cut], Content_Encoding="gzip")

    return answer


def twice_packed(handler):
    send(handler, gzip.compress(b"x") + gzip.compress(b"y"), Content_Encoding="gzip")


def brotli(handler):
    send(handler, b"x", Content_Encoding="br")


def squeezed(handler):
    send(handler, b"x", Content_Encoding="gzip")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (cut, "没有传完就断开了"),
        (cut_chunk, "没有传完就断开了"),
        (big, "超过应有的 100 字节"),
        (said_big, "超过应有的 100 字节"),
        (endless, "超过应有的 100 字节"),
        (squeezed, "没有传完就断开了"),
        (packed(b"x" * 101), "解开后超过应有的 100 字节"),
        (packed(b"x" * 50_000_000), "解开后超过应有的 100 字节"),
        (packed(b"x" * 90, cut=-9), "没有传完就断开了"),
        (twice_packed, "压缩的内容后面还有别的内容"),
        (brotli, "服务器只给压缩过的内容（br），无从核对"),
        (lambda handler: handler.send_error(500), "服务器答复 500"),
        (lambda handler: handler.send_error(403), "服务器答复 403"),
        (redirect("/a.json"), "转去的地方到不了"),
        (redirect("http://example.org/a.json"), "被转到别处：http://example.org"),
        (redirect("http://127.0.0.1:1/a.json"), "被转到别处：http://127.0.0.1:1"),
        (redirect("//example.org/a.json"), "被转到别处：http://example.org"),
        (redirect("file:///etc/passwd"), "转去的地方到不了"),
        (redirect("http://a\x1b31m.example/"), "被转到别处：http://a%1B31m.example"),
        (redirect("http://[a/"), "转去的地址读不懂"),
        (redirect(f"http://{'a' * 64}.example/"), f"被转到别处：http://{'a' * 64}.example"),
    ],
)
def test_what_does_not_come_as_it_should(answer, why):
    with pytest.raises(Unreadable) as caught, serve({"a.json": answer}) as url:
        Web(url).read("a.json", 100)
    assert str(caught.value) == why
    assert not isinstance(caught.value, Silent)


def test_a_redirect_on_the_same_server_is_followed():
    assert read({"a.json": redirect("/a.json?key=1"), "a.json?key=1": b"b"}) == b"b"


@pytest.mark.parametrize(
    ("path", "address"), [("a.json", "/b.json"), ("a/index.html", "/evil/a/"), ("a.css", "/A.css")]
)
def test_what_stands_elsewhere_is_not_what_was_asked_for(path, address):
    """A page has its links from where it stands: the same bytes elsewhere load other scripts."""
    there = f"{address[1:]}index.html" if address.endswith("/") else address[1:]
    with pytest.raises(Unreadable, match=f"被转到 {address}：网页在那里，里面的链接就指向别的文件"):
        read({path: redirect(address), there: b"b"}, path)


def test_redirects_are_followed_three_times_and_not_four():
    hops = {f"a.json{'?' * bool(number)}{number or ''}": redirect(f"/a.json?{number + 1}") for number in range(4)}
    assert read({**hops, "a.json?3": b"three"}) == b"three"
    with pytest.raises(Unreadable, match="转去的地方到不了"):
        read({**hops, "a.json?4": b"four"})


def test_from_https_there_is_no_way_back():
    with pytest.raises(Unreadable, match="被转到别处"):
        redirected(urlsplit("https://example.org/"), "https://example.org/a", "http://example.org/")


def test_a_dead_server_is_silent():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Silent, match="拒绝连接"):
        Web(f"http://127.0.0.1:{port}").read("a.json")


def test_a_server_that_never_answers(monkeypatch):
    monkeypatch.setattr(remote, "SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as mute, pytest.raises(Silent, match="没有答复"):
        Web(f"http://127.0.0.1:{mute.getsockname()[1]}").read("a.json")


def test_a_host_that_is_not_there():
    with pytest.raises(Silent, match="找不到这个主机"):
        Web("http://nowhere.invalid").read("a.json")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc",
        "http://",
        "https://a:b@example.org/",
        "http://[::1",
        "://x",
        "http://a:99999/",
        "http://a:b/",
        "https://a b/",
        "https://a\tb.cn/",
        "https://a.cn\n/",
        "https://a.cn/\u202e/",
        "https://a..cn/",
        "https://.cn/",
        "https://a$(id).cn/",
        "https://a<b>/",
        "https://a,b/",
        "https://[x]/",
    ],
)
def test_what_is_no_address(url):
    with pytest.raises(Fault, match="不是能核对的网址"):
        Web(url)


@pytest.mark.parametrize("server", ["a.cn", "a.cn.", "a_b.cn:8000", "权责.中国", "127.0.0.1:80", "[::1]:8000", "x--y"])
def test_what_is_an_address(server):
    assert Web(f"https://{server}/清单 一/").address == f"https://{server}/清单 一/"


def test_a_server_does_not_tell_what_else_it_has():
    assert Web("http://127.0.0.1:1").paths() is None


def test_a_folder(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_bytes(b"b")
    site = published(tmp_path.name, tmp_path.parent)
    assert isinstance(site, Folder)
    assert [*site.paths()] == ["a/b.txt"]
    assert (site.read("a/b.txt"), site.read("a"), site.read("c")) == (b"b", None, None)


def test_a_server_that_only_packs_can_be_checked():
    assert read({"a.json": packed(b"{}" * 40)}) == b"{}" * 40


def test_a_connection_is_kept_for_the_next_file_and_is_not_shared_with_the_browsers_look():
    asked = []

    def answer(handler):
        asked.append((handler.client_address[1], handler.headers["User-Agent"]))
        send(handler, b"x" if handler.path.startswith("/a") else b"")

    with serve({"a": answer, "b": answer}, "HTTP/1.1") as url:
        site = Web(url)
        contents = [site.read(path, browser=browser) for path in ("a", "b", "a") for browser in (False, True)]
    assert contents == [b"x", b"x", b"", b"", b"x", b"x"]
    assert len(asked) == 6
    assert len(dict(asked)) == len({*asked}) == len({who for _, who in asked}) > 1


def test_a_connection_that_the_server_closes_meanwhile_is_opened_again():
    ports = []

    def closing(handler):
        ports.append(handler.client_address[1])
        send(handler, b"x")  # no Connection: close is told
        handler.close_connection = True

    with serve({"a": closing}, "HTTP/1.1") as url:
        site = Web(url)
        assert [site.read("a") for _ in range(3)] == [b"x"] * 3
    assert len({*ports}) == 3


def test_what_is_left_of_one_answer_is_never_taken_for_the_next():
    def more(handler):
        send(handler, b"x" * 200)

    with serve({"more": more, "a": b"a"}, "HTTP/1.1") as url:
        site = Web(url)
        with pytest.raises(Unreadable, match="超过应有的 100 字节"):
            site.read("more", 100)
        assert site.read("not-there") is None
        assert site.read("a", 100) == b"a"


def trickle(part):
    def answer(handler):
        handler.send_response(200)
        handler.end_headers()
        with contextlib.suppress(OSError):
            for _ in range(200):
                handler.wfile.write(part)
                handler.wfile.flush()
                time.sleep(0.05)

    return answer


def trickle_heads(handler):
    with contextlib.suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(200):
            handler.wfile.write(f"X-{number}: 1\r\n".encode())
            handler.wfile.flush()
            time.sleep(0.05)


@pytest.mark.parametrize("answer", [trickle(b"x"), trickle_heads], ids=["body", "heads"])
def test_a_server_that_trickles_keeps_nobody_waiting(answer):
    with serve({"a.json": answer}) as url:
        start = time.monotonic()
        with pytest.raises(Unreadable, match="秒没有传完"):
            Web(url, 0.5).read("a.json")
        assert time.monotonic() - start < 5


def test_the_time_for_all_files_ends_the_one_under_way_and_refuses_the_next():
    with serve({"a.json": trickle(b"x")}) as url:
        start = time.monotonic()
        site = Web(url, within=0.5)
        with pytest.raises(Unreadable, match="秒没有传完"):
            site.read("a.json")
        with pytest.raises(Fault, match=r"^0\.00833333 分钟没有核对完；.*--within"):
            site.read("b.json")
        assert time.monotonic() - start < 5


@pytest.mark.skipif(os.name == "nt", reason="没有这样的时钟")
def test_the_time_for_all_ends_whatever_is_waited_for():
    start = time.monotonic()
    with pytest.raises(Fault, match="分钟没有核对完"), within(0.2):
        subprocess.run([sys.executable, "-c", "import time; time.sleep(60)"], check=False)
    assert time.monotonic() - start < 5
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_a_browser_is_told_apart():
    def cloaking(handler):
        send(handler, b"for you" if "Mozilla" in handler.headers["User-Agent"] else b"for all")

    with serve({"a.json": cloaking}) as url:
        site = Web(url)
        assert (site.read("a.json"), site.read("a.json", browser=True)) == (b"for all", b"for you")


@pytest.mark.parametrize("name", ["Accept", "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site", "Connection"])
def test_what_browsers_send_beside_their_name_is_no_mark_of_the_auditor(name):
    with serve({"a.json": lambda handler: send(handler, f"{handler.headers[name]}".encode())}) as url:
        site = Web(url)
        assert b"None" not in {site.read("a.json", browser=True) for _ in range(visits("a.json"))}


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("a/index.html", {"document", "empty"}),
        ("a.json", {"document", "empty"}),
        ("a.js", {"script", "empty"}),
        ("a.css", {"style", "empty"}),
        ("a.svg", {"image", "empty"}),
        ("sw.js", {"script", "serviceworker", "empty"}),
        ("assets/worker.js", {"script", "worker", "empty"}),
    ],
)
def test_a_file_is_asked_for_as_whatever_uses_it_does(path, kinds):
    def told(handler):
        heads = handler.headers
        navigates = (heads["Sec-Fetch-Mode"] == "navigate", heads["Upgrade-Insecure-Requests"] == "1")
        assert {*navigates} == {heads["Sec-Fetch-Dest"] == "document"}
        assert heads["Sec-Fetch-Dest"] == "document" or heads["Referer"].endswith(f"//{heads['Host']}/")
        send(handler, heads["Sec-Fetch-Dest"].encode())

    with serve({path: told}) as url:
        site = Web(url)
        assert {site.read(path, browser=True).decode() for _ in range(visits(path))} == kinds


def test_a_server_may_say_that_what_a_browser_has_is_still_good_and_may_lie_to_whoever_asks():
    lies = []

    def answer(handler):
        if handler.headers["If-None-Match"] == '"1"' and not lies:
            handler.send_response(304)
            handler.end_headers()
        else:
            told = bool(lies and handler.headers["If-None-Match"])
            send(handler, b"lie" if told else b"yes", ETag='"1"')

    with serve({"a.json": answer}) as url:
        site = Web(url)
        assert not any(cloaked(site, "a.json", b"yes") for _ in range(5))
        lies.append(True)
        assert all(cloaked(site, "a.json", b"yes") for _ in range(5))


def test_who_asks_no_such_question_is_not_told_that_nothing_has_changed():
    def answer(handler):
        handler.send_response(304)
        handler.end_headers()

    with serve({"a.json": answer}) as url, pytest.raises(Unreadable, match="服务器答复 304"):
        cloaked(Web(url), "a.json", b"")


def test_a_lie_behind_a_question_mark_is_told():
    with serve({"a.json": b"yes", "a.json?from=singlemessage": b"lie"}) as url:
        site = Web(url)
        assert all(cloaked(site, "a.json", b"yes") for _ in range(9))


@pytest.mark.parametrize(
    ("path", "heads", "fit"),
    [
        ("a.json", ["Refresh: 0; url=https://evil.example/"], False),
        ("a.json", ["Refresh: ", "Refresh: 0; url=https://evil.example/"], False),
        ("a.json", ["Link: <https://evil.example/a.css>; rel=stylesheet"], False),
        ("a.json", ["Link: <https://evil.example/a.css>;title=a ; REL = 'x' ;rel=\"next StyleSheet\""], False),
        ("a.json", ["Link: </a.js>; rel=preload", "Link: <b>; rel=next, <a.css>; rel=stylesheet"], False),
        ("a.json", ["Link: <a.css; rel=stylesheet"], False),
        ("a.json", ["Link: </fonts/stylesheet.woff2>; rel=preload; as=font; crossorigin"], True),
        (
            "a.json",
            ['Link: <https://a.example/>; rel=canonical, <https://b.example>; rel="preconnect dns-prefetch"'],
            True,
        ),
        ("a.json", ["Content-Disposition: attachment; filename=a.exe"], False),
        ("a.json", ["Content-Disposition: inline", "Content-Disposition: attachment"], False),
        ("a.json", ["Content-Disposition: inline; filename=a.json"], True),
        ("a.json", ["Content-Type: text/html"], False),
        ("a.json", ["Content-Type: application/json; charset=GBK"], False),
        ("a.json", ["Content-Type: application/json", "Content-Type: text/html"], False),
        ("a.json", ["Content-Type: application/json, text/html"], False),
        ("a.json", ["Content-Type: application/json", "Content-Type: application/json"], True),
        ("a.json", ['Link: <a.css>; rel="style\\sheet"'], False),
        ("a.json", ['Content-Type: application/json; charset="UTF-8"'], True),
        ("a.json", ["Content-Type: application/octet-stream; charset=binary"], True),
        ("a.json", ["ETag: 1"], True),
        ("a.json", ["Content-Security-Policy: script-src 'none'"], False),
        ("a.json", ["Content-Security-Policy: frame-ancestors 'self', sandbox"], False),
        ("a.json", ["Content-Security-Policy: default-src 'none'; script-src 'self'"], False),
        ("a.json", ["Content-Security-Policy: frame-ancestors 'self'"], True),
        ("a.json", ["Content-Security-Policy: default-src 'self' ; frame-ancestors 'none'"], True),
        ("a.json", ['Alt-Svc: h2="other.example:443"; ma=3600'], False),
        ("a.json", ["Alt-Svc: clear"], True),
        ("a.json", ['Clear-Site-Data: "*"'], False),
        ("a/index.html", ["Content-Type: text/plain; charset=utf-8"], False),
        ("a/index.html", ["Content-Type: text/html; charset=gb2312"], False),
        ("a/index.html", ["Content-Type: text/html;charset=UTF-8"], True),
        ("404.html", ["Content-Type: text/html"], True),
    ],
)
def test_heads_by_which_a_browser_shows_something_else_are_told_and_no_others(path, heads, fit):
    def misleading(handler):
        handler.send_response(200)
        for head in heads:
            handler.send_header(*head.split(": ", 1))
        handler.send_header("Content-Length", "1")
        handler.end_headers()
        handler.wfile.write(b"a")

    with serve({path: misleading, f"{path}?from=singlemessage": misleading}) as url:
        assert Web(url).read(path) == b"a"  # a machine reads the content alone
        if fit:
            assert Web(url).read(path, browser=True) == b"a"
        else:
            with pytest.raises(
                Unreadable, match=f"答复带着 {heads[0].partition(':')[0]}: .+，读者看到的不会是这份内容"
            ):
                Web(url).read(path, browser=True)


@pytest.mark.parametrize(
    ("heads", "fit"),
    [
        (["no name at all", "Content-Length: 1"], False),
        (["Refresh : 0; url=https://evil.example/", "Content-Length: 1"], False),
        (["刷新: 0", "Content-Length: 1"], False),
        ([" folded before any", "Content-Length: 1"], False),
        (["Content-Length: +1"], False),
        (["Content-Length: 1", "Content-Length: 4"], False),
        (["Content-Length: 1, 4"], False),
        (["Content-Length: 0x1"], False),
        (["Content-Length: 1_0"], False),
        (["Content-Length: １"], False),
        (["Content-Length: 1", "Transfer-Encoding: chunked"], False),
        (["Content-Length: 1", "Transfer-Encoding: gzip, chunked"], False),
        (["Content-Length: 1", "Transfer-Encoding: xchunked"], False),
        (["Content-Length: 1", "Content-Encoding: identity", "Content-Encoding: gzip"], False),
        (["Content-Length: 1", "Content-Length: 1"], True),
        (["Content-Length:1"], True),
        (["X-Long: one", "  folded", "Content-Length: 1"], True),
        (["Content-Length: 1", "Content-Encoding: Identity"], True),
    ],
)
def test_a_head_that_one_reader_reads_so_and_another_otherwise_is_told(heads, fit):
    def answer(handler):
        handler.protocol_version = "HTTP/1.1"
        lines = ["HTTP/1.1 200 OK", *heads, "Content-Type: application/json", "Connection: close", "", "a"]
        handler.wfile.write("\r\n".join(lines).encode())
        handler.close_connection = True

    with serve({"a.json": answer}) as url:
        if fit:
            assert Web(url).read("a.json") == b"a"
        else:
            with pytest.raises(Unreadable, match=r"读者看到的可能不是这份内容|无从核对"):
                Web(url).read("a.json")


@pytest.mark.parametrize("status", [201, 202, 204, 205, 206, 226])
def test_an_answer_that_a_browser_shows_nothing_of_is_none(status):
    def answer(handler):
        handler.send_response(status)
        handler.send_header("Content-Length", "1")
        handler.end_headers()
        handler.wfile.write(b"a")

    with serve({"a.json": answer}) as url, pytest.raises(Unreadable, match=f"服务器答复 {status}"):
        Web(url).read("a.json")


@pytest.mark.parametrize(
    "deceived",
    [
        lambda heads, _: "Chrome" in heads["User-Agent"],
        lambda heads, _: "Firefox" in heads["User-Agent"],
        lambda heads, _: "iPhone" in heads["User-Agent"],
        lambda heads, _: "MicroMessenger" in heads["User-Agent"],
        lambda heads, _: heads["Referer"] is None,
        lambda heads, own: heads["Referer"] == own,
        lambda heads, _: "baidu" in heads.get("Referer", ""),
        lambda heads, _: heads["Sec-Fetch-Site"] == "none",
        lambda heads, _: heads.get("Accept-Language", "").startswith("en"),
        lambda heads, _: "seen=1" in heads.get("Cookie", ""),
        lambda heads, _: "Cookie" not in heads,
    ],
)
def test_a_server_that_deceives_some_visitors_is_told(deceived):
    """Each file is asked for by one of each kind; only cookies have to be known first."""

    def cloaking(handler):
        own = f"http://{handler.headers['Host']}/"
        send(handler, b"for some" if deceived(handler.headers, own) else b"for all", Set_Cookie="seen=1; Path=/")

    with serve({"a.json": cloaking, "b.json": cloaking}) as url:
        site = Web(url)
        assert {site.read("b.json", browser=True) for _ in range(visits("a.json"))}  # now each of them has a cookie
        for _ in range(30):
            assert {site.read("a.json", browser=True) for _ in range(visits("a.json"))} == {b"for some", b"for all"}
        assert len({site.read("a.json") for _ in range(9)}) == 1  # the auditor's own name keeps nothing


def test_no_more_cookies_are_kept_than_a_browser_keeps_and_none_that_is_no_cookie():
    def jar(handler):
        handler.send_response(200)
        for number in range(50):
            handler.send_header("Set-Cookie", f"c{number}=1; Secure")
        for bad in ("", "=", "a\x01=1", "汉=1".encode().decode("latin-1"), "big=" + "x" * 5000, "a b=1"):
            handler.send_header("Set-Cookie", bad)
        told = handler.headers.get("Cookie", "").encode()
        handler.send_header("Content-Length", str(len(told)))
        handler.end_headers()
        handler.wfile.write(told)

    with serve({"a.json": jar}) as url:
        site = Web(url)
        told = {site.read("a.json", browser=True) for _ in range(60)}
    assert told == {b"", "; ".join(f"c{number}=1" for number in range(20)).encode()}


@pytest.mark.skipif(os.name == "nt", reason="没有管道")
def test_what_is_no_file_in_a_folder_is_told_and_never_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a")
    (tmp_path / "link").symlink_to("a.txt")
    (tmp_path / "loop").symlink_to(".")
    os.mkfifo(tmp_path / "pipe")
    site = Folder(tmp_path)
    assert sorted(site.paths()) == ["a.txt", "link", "loop", "pipe"]
    for path, why in (("link", "是一个链接"), ("pipe", "不是普通文件")):
        with pytest.raises(Unreadable, match=why):
            site.read(path)


@pytest.mark.parametrize("path", ["../secret", "a/../../secret"])
def test_nothing_is_read_outside_of_the_folder(tmp_path, path):
    (tmp_path / "secret").write_bytes(b"s")
    (tmp_path / "site" / "a").mkdir(parents=True)
    (tmp_path / "site" / "link").symlink_to(tmp_path / "secret")
    assert Folder(tmp_path / "site").read(path) is None


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(Fault, match=r"没有文件夹「example\.org」；网址要从 https:// 写起"):
        published("example.org", tmp_path)


def test_what_is_no_http_is_told_without_its_words():
    def garbage(handler):
        handler.wfile.write(b"\0\x1b[2J OK\r\n\r\n")

    with pytest.raises(Silent) as caught, serve({"a.json": garbage}) as url:
        Web(url).read("a.json", 100)
    assert str(caught.value) == "答复的不是 HTTP，或者长得读不完"


def test_a_bound_is_told_in_megabytes_from_the_first_on():
    assert [_size(most) for most in (1 << 20, (1 << 20) - 1)] == [" 1 MB", "应有的 1,048,575 字节"]
