"""`python -m quanze` is `quanze`."""

import os
import signal
import sys
from typing import NoReturn

_OLDEST = (3, 11)


def main() -> None:
    """Run the command that was typed; who has an old Python, or interrupts while it still loads, gets a sentence.

    A command that is told to end ends as if it were interrupted: what it was writing is put back.
    """
    if sys.version_info < _OLDEST:  # of a checkout: what is installed asks for it
        sys.stderr.write(
            f"要 Python {_OLDEST[0]}.{_OLDEST[1]} 以上，这里是 {sys.version_info[0]}.{sys.version_info[1]}\n"
        )
        sys.exit(2)
    here = os.getpid()

    def interrupt(number: int, _frame: object) -> None:
        """Raise KeyboardInterrupt, unless this is a fork: that ends by the signal."""
        if os.getpid() == here:
            raise KeyboardInterrupt
        signal.signal(number, signal.SIG_DFL)  # a fork, which its parent ends
        os.kill(os.getpid(), number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is signal.SIG_DFL:
            signal.signal(getattr(signal, name), interrupt)
    try:
        from quanze.cli import main as program  # noqa: PLC0415 - what takes its time is done here

        program()
    except KeyboardInterrupt:
        _end("中断了")
    except MemoryError:
        _end("内存不够；请关掉别的程序，再运行一次")
    except ImportError as error:
        if (error.name or "").startswith("quanze"):
            raise  # a fault of this program
        what = f"装载不了 {error.name or '一个库'}：装得不全，或者内存不够"
        _end(f"{what}；请关掉别的程序再运行一次，还是这样的，照 requirements.lock 重装")


def _end(sentence: str) -> NoReturn:
    """Say why nothing can be done."""
    sys.stderr.write(f"{sentence}\n")
    sys.exit(2)


if __name__ == "__main__":
    main()
