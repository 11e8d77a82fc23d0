"""Custom actions: each reads the situation, asks the directory, and answers by the name of a response."""
