"""Facts of the law taken over from another register, by fact, and never over what a clerk here has put right."""

from quanze.edit.pulling.lock import Lock
from quanze.edit.pulling.pull import Pulled, pull
from quanze.edit.pulling.source import Offer, offer

__all__ = ["Lock", "Offer", "Pulled", "offer", "pull"]
