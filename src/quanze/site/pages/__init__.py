"""Pages before any theme: an address, a title, a body from a template."""
