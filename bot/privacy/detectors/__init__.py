"""One kind of identifier a file. `detect(view)` yields what it finds, offsets in the view (`bot.privacy.view`).

Every pattern is bounded: repetition counts are limited and separators are single character classes, so the time is
linear in the text (fuzzed in tests/unit/privacy).
"""
