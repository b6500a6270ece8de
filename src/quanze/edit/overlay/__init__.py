"""Records taken over from a superior's published register: copies, what changed there, and what waits for a clerk."""

from quanze.edit.overlay.source import SuperiorData
from quanze.edit.overlay.taking import Overlays, Wanted, overlays

__all__ = ["Overlays", "SuperiorData", "Wanted", "overlays"]
