"""Signs of danger and of suicide, and what only sounds like them."""

from __future__ import annotations

import pytest

from bot.nlu.danger import signs


@pytest.mark.parametrize(
    "text",
    [
        "han bankar på dörren nu", "jag har låst in mig på toaletten", "när han vaknar börjar det igen",
        "han är på väg hem", "hör nyckeln i låset måste sluta", "ring polisen", "han strypte mig nyss",
        "har precis blivit våldtagen", "vi åker till flygplatsen om två timmar, de har mitt pass",
    ],
)  # fmt: skip
def test_danger_is_seen(text: str) -> None:
    found = signs(text)
    assert found.emergency or any(not clue.endswith("!") for clue in found.clues)


@pytest.mark.parametrize(
    "text",
    [
        "jag vill inte leva längre", "tänker på att ta livet av mig", "jag skär mig", "självmordstankar",
        "har sparat tabletter", "alla hade haft det bättre utan mig", "jag vill bara dö",
    ],
)  # fmt: skip
def test_suicide_is_seen(text: str) -> None:
    assert signs(text).suicide_risk


@pytest.mark.parametrize(
    "text",
    [
        "dör av skratt", "min chef mördar mig om jag kommer sent haha", "vi pratade om filmen där han sköt henne",
        "hej", "", "jag bor i Nacka", "hur ansöker man om kontaktförbud", "😀",
    ],
)  # fmt: skip
def test_idioms_and_everyday_are_not_danger(text: str) -> None:
    found = signs(text)
    assert not found.emergency
    assert not found.suicide_risk
