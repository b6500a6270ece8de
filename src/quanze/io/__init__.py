"""The two doors to the outside: YAML text ↔ data, and git; and tables as workbooks."""
