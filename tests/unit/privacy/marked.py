"""Sentences with what must be gone in [[brackets]]."""


def split(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the sentence without its brackets, and the spans that stood in them."""
    text, spans = "", []
    for number, part in enumerate(marked.replace("]]", "[[").split("[[")):
        if number % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    return text, spans
