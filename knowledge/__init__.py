"""The facts: which services exist, for whom and where. Imports nothing of ours and neither Rasa nor its SDK."""
