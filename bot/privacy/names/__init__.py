"""Person names: lists, rules, a small sequence model of our own and, where it is installed, spaCy."""
