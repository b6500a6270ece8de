"""`python -m quanze` is `quanze`."""

from quanze.cli import main

main()
