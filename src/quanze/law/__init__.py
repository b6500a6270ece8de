"""The law's own grammar: numerals, citations, instruments and versions, penalties, codes, working days."""
