"""quanze: a bureau's powers, published from checked YAML."""
