"""Many registers on one site, from what each of them published."""
