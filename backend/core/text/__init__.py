"""How words are folded, sorted and found: the one rule for every list of the house."""
