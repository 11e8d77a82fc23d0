"""The conversation: gateway, privacy, engine, language understanding and widget."""
