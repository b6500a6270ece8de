"""`python -m quanze` is `quanze`."""

import sys


def main() -> None:
    """Run the command that was typed; who interrupts it while it still loads gets a sentence too."""
    try:
        from quanze.cli import main as program  # noqa: PLC0415 - what takes its time is done here

        program()
    except KeyboardInterrupt:
        sys.stderr.write("中断了\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
