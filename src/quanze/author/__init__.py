"""What a clerk writes and asks: a new record, what rests on a law, a citation in form, one basis for another."""

from quanze.author.citing import Cited, cite
from quanze.author.impact import Impact, impact
from quanze.author.naming import Names
from quanze.author.place import Sought, sought
from quanze.author.replacing import Replacement, replace
from quanze.author.skeleton import skeleton

__all__ = [
    "Cited",
    "Impact",
    "Names",
    "Replacement",
    "Sought",
    "cite",
    "impact",
    "replace",
    "skeleton",
    "sought",
]
