"""What changed between two states of the register, in the words of its forms."""
