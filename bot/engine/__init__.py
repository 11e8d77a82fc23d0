"""What is ours inside Rasa's process, which listens on loopback behind a shared secret and sees scrubbed text only."""
