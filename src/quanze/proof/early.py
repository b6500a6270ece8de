"""What a server gives while the site is made again: most of it need not be asked for afterwards."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from quanze.base.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_MOST = 4 << 20
"""How large each file is should be known by then only: so many bytes of one are kept at once, by each reader."""
_WRONG = 20
"""So many files that are not what their own manifest says: the rest waits until it is known what they should be."""


@contextmanager
def read_early(ask: Callable[[str, str, int], object], told: Mapping[str, str], readers: int) -> Iterator[set[str]]:
    """While what stands inside is at work, ask for the files that a site's own manifest tells of (SHA-256 by path).

    `ask` takes a path, its digest and how many bytes it may have, and returns what is wrong with it. Gives the paths of
    which nothing is: they grow until the end. That the manifest tells the truth of them is for the caller to find.
    """
    left, right, wrong = deque(told.items()), set[str](), deque[str]()

    def read() -> None:
        with suppress(IndexError, Fault):  # all are asked for; or the time is over, which the caller learns by itself
            while len(wrong) < _WRONG:
                path, digest = left.popleft()
                (wrong.append if ask(path, digest, _MOST) else right.add)(path)

    with ThreadPoolExecutor(readers) as pool:
        running = [pool.submit(read) for _ in range(readers)]
        try:
            yield right
        finally:
            left.clear()
    for one in running:
        one.result()
