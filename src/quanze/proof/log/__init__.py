"""The publication log: what was published when, append-only, in the formats of tiled transparency logs (C2SP)."""
