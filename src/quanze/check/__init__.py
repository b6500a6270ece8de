"""Is a catalog sound? The rules, the waivers, and what is told of it."""
