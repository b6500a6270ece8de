"""What a clerk writes and asks: a new record, what rests on a law, a citation in form, one basis for another."""

from quanze.edit.citing import CitedText, cite
from quanze.edit.impact import Impact, impact
from quanze.edit.naming import NewIds
from quanze.edit.place import Sought, sought
from quanze.edit.replacing import Replacement, replace
from quanze.edit.skeleton import skeleton

__all__ = [
    "CitedText",
    "Impact",
    "NewIds",
    "Replacement",
    "Sought",
    "cite",
    "impact",
    "replace",
    "skeleton",
    "sought",
]
