"""Every row of the oracle, through the directory as it is served."""

from __future__ import annotations

import pytest

from knowledge.directory import ServiceDirectory
from tests.referrals.facts import municipalities, services
from tests.referrals.oracle import Row, Verdict, judge, load_rows

ROWS, SETS = load_rows()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_referral_agrees_with_the_expert(directory: ServiceDirectory, row: Row) -> None:
    assert judge(directory, row) == Verdict((), (), ())


def test_oracle_covers_the_county_and_the_codes() -> None:
    said = [row.situation for row in ROWS]
    districts = {district for service in services().values() for district in service["districts"]}
    assert len(ROWS) >= 260
    assert {one.get("municipality") for one in said} == {*municipalities(), "utanfor_lanet", None}
    assert {one.get("district") for one in said} == {*districts, None}
    assert {one.get("perspective") for one in said} == {"utsatt", "anhorig", "yrkesverksam", "utovare", None}
    assert {one.get("gender") for one in said} == {"women", "men", "trans", None}
    assert len({kind for one in said for kind in one.get("violence_types", ())}) == 5
    assert len({need for one in said for need in one.get("needs", ())}) == 16
    assert {6, 12, 15, 17, 18, 25, 80} <= {one["age"] for one in said if "age" in one}


def test_lists_say_what_the_facts_say() -> None:
    facts = services()
    for name, gender in (("kv", "women"), ("man", "men"), ("trans", "trans")):
        assert set(SETS[name]) == {key for key, service in facts.items() if service["gender"] == gender}
    assert set(SETS["lokut"]) == {
        key for key, service in facts.items() if service["scope"] in ("municipality", "district")
    }
    assert all(facts[key]["max_age"] == 17 for key in SETS["barn"])
    assert all(facts[key]["min_age"] >= 18 for key in SETS["vuxenbara"])
    assert not any("utovare" in facts[key]["audience"] for key in SETS["offer"])
    assert all("utovare" in facts[key]["audience"] for key in SETS["utov"])
