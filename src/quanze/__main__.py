"""`python -m quanze` is `quanze`."""

import os
import signal
import sys

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
        sys.stderr.write("中断了\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
