"""What the sequence model sees of each word. Only words of closed lists appear whole, so no name is memorised."""

from collections.abc import Sequence

from bot.privacy.names.rules import GREETING_END, NAMED, NICKNAMED, OWNERS, RELATIONS
from bot.privacy.names.tokens import Token, genitive_forms


def features(tokens: Sequence[Token]) -> list[list[str]]:
    """One list of feature strings a token."""
    own = [_own(token) for token in tokens]
    rows: list[list[str]] = []
    for index, token in enumerate(tokens):
        row = ["bias", *own[index], f"tail={token.lower[-3:]}", f"tail2={token.lower[-2:]}"]
        if not token.seen:
            # How a word that no dictionary holds is spelt tells a foreign name from a slip of the thumb.
            framed = f"<{token.lower[:16]}>"
            row += [f"spelt={framed[i : i + 3]}" for i in range(len(framed) - 2)]
        for offset in (-2, -1, 1, 2):
            place = index + offset
            if 0 <= place < len(tokens):
                row += [f"{offset}:{feature}" for feature in own[place]]
                if abs(offset) == 1 and "known" not in own[place]:
                    row.append(f"{offset}:tail={tokens[place].lower[-2:]}")
            elif abs(offset) == 1:
                row.append(f"{offset}:edge")
        row.append(f"gap={_gap(token.gap)}")
        if index + 1 < len(tokens):
            row.append(f"gap+1={_gap(tokens[index + 1].gap)}")
        rows.append(row)
    return rows


def _own(token: Token) -> list[str]:
    flags = [
        name
        for name, value in (
            ("first", token.first),
            ("surname", token.surname),
            ("weak", token.weak_surname),
            ("ambiguous", token.ambiguous and not token.function),
            ("function", token.function),
            ("place", token.place),
            ("common", token.common),
            ("kept", token.kept),
            ("seen", token.seen),
            ("capital", token.capital and not token.sentence_start),
            ("start-capital", token.capital and token.sentence_start),
            ("upper", len(token.text) > 1 and token.text.isupper()),
            ("start", token.sentence_start),
            ("relation", token.lower in RELATIONS),
            ("owner", token.lower in OWNERS),
            ("named", token.lower in NAMED or token.lower in NICKNAMED),
            ("greeting", token.lower in GREETING_END),
            ("genitive", token.lower.endswith("s")),
            ("hyphen", "-" in token.text),
            ("short", len(token.text) <= 2),
            ("long", len(token.text) > 10),
            ("foreign", any(char in "wzqxcéüçşğıćčšžöø" for char in token.lower)),
        )
        if value
    ]
    if token.common or token.function or token.lower in RELATIONS or token.lower in OWNERS:
        flags += [f"word={genitive_forms(token.lower)[0]}", "known"]
    if token.capital and (token.first or token.ambiguous or token.surname):
        flags.append("capital-listed")
    return flags


def _gap(gap: str) -> str:
    stripped = gap.strip(" ")
    return "space" if not stripped and gap else stripped[:2] or "none"
