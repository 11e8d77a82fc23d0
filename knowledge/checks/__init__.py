"""The rules that the facts must keep, one module a kind of file; each yields a `Fault` for each fault."""
