"""A register of one's own: what `quanze init` writes, and what `quanze upgrade` brings up to date."""

from quanze.edit.starter.answers import PLACES, SEVERAL, NewRegister
from quanze.edit.starter.beginning import begin
from quanze.edit.starter.body_name import BodyName
from quanze.edit.starter.lock import locked, pinned
from quanze.edit.starter.upgrade import Merged, upgrade

__all__ = ["PLACES", "SEVERAL", "BodyName", "Merged", "NewRegister", "begin", "locked", "pinned", "upgrade"]
