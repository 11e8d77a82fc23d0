"""Person names: lists, wording, rules, sentences to tune the tagger on and, where it is installed, spaCy."""
