"""Tunes the two small transformers that the product carries: `make encoder`, `make tagger`. Not part of the product."""
