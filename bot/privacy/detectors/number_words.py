"""Number words of Swedish, as patterns that the detectors share."""

ONE = (
    r"(?:noll(?:a|an)?|ett|en|tv[åa]|tre|fyra|fem|sex|sju|[åa]tta|nio|(?:ett|två|tre|fyr|fem|sex|sju|ni)an?|[åa]ttan?)"
)
_TEN = r"(?:tjugo|tjuge|trettio?|fyrtio?|förtio?|femtio?|sextio?|sjuttio?|[åa]ttio?|nittio?)"
# One number below a hundred, or hundreds written together ("hundranittiotvå").
NUMBER = (
    rf"(?:(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio)?hundra\w{{0,16}}"
    rf"|{_TEN} ?(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio|nie)?"
    rf"|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|{ONE})(?!\w)"
)
