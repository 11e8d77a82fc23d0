"""A conversation survives the death of any one engine or gateway, and every kind of restart."""

from __future__ import annotations

import shutil

import redis

from bot.engine.shared_store import PREFIX
from bot.gateway import shared
from bot.gateway.sessions import Sessions
from tests.conftest import ROOT
from tests.operating.conftest import House
from tests.operating.parts import SECRETS
from tests.operating.person import Person

LIMITS = shared.PREFIX + "limit:*"


def kept(house: House, person: Person) -> bool:
    """Whether anything of a person's conversation is in Redis."""
    conversation = Sessions(SECRETS["LOTSEN_SESSION_SECRET"], 1).conversation(person.token)
    return bool(redis.Redis.from_url(house.redis_url).exists(PREFIX + conversation))


def goes_on(person: Person, place: str) -> bool:
    heard = person.asks()
    return heard.saw == "a real answer" and heard.helps and person.place == place


def test_a_conversation_is_the_same_at_both_gateways(house: House) -> None:
    person = house.arrive("1")
    person.lives_in("Nacka")
    person.moves(house.gateway_urls["2"])
    assert goes_on(person, "Nacka")
    first = person.asks(once="same")
    person.moves(house.gateway_urls["1"])
    assert person.asks(once="same").body == first.body


def test_either_engine_may_die(well: House) -> None:
    """Killed, not stopped: what it was doing is lost with it."""
    people = {name: well.arrive(engine=name) for name in well.engines}
    people["a"].lives_in("Nacka")
    people["b"].lives_in("Huddinge")
    well.engines["a"].kill()
    assert goes_on(people["a"], "Nacka")
    assert goes_on(people["b"], "Huddinge")
    well.revive()
    well.engines["b"].kill()
    assert goes_on(people["a"], "Nacka")
    assert goes_on(people["b"], "Huddinge")


def test_either_gateway_may_die(well: House) -> None:
    for dies, lives in (("1", "2"), ("2", "1")):
        person = well.arrive(dies)
        person.lives_in("Solna")
        well.gateways[dies].kill()
        person.moves(well.gateway_urls[lives])
        assert goes_on(person, "Solna")
        well.revive()


def test_forgotten_at_one_is_forgotten_everywhere(house: House) -> None:
    person = house.arrive("1")
    person.lives_in("Nacka")
    assert kept(house, person)
    token = person.token
    person.leave()
    assert not kept(house, person)
    again = Person(house.gateway_urls["2"], token)
    assert again.asks().status == 401


def test_redis_tells_nothing_and_forgets_by_itself(house: House) -> None:
    person = house.arrive()
    person.says("jag bor i Vallentuna och är rädd för min sambo")
    client = redis.Redis.from_url(house.redis_url)
    for key in client.scan_iter("*"):
        assert client.pttl(key) > 0, key
        kind = client.type(key)
        everything = client.hgetall(key) if kind == b"hash" else client.get(key)
        for word in (b"Vallentuna", b"sambo", b"127.0.0.1"):
            assert word not in repr((key, everything)).encode()


def test_limits_are_counted_together(house: House) -> None:
    client = redis.Redis.from_url(house.redis_url)
    person = house.arrive("1")
    before = set(client.scan_iter(LIMITS))
    person.asks()
    mine = set(client.scan_iter(LIMITS)) - before
    assert len(mine) == 1
    person.moves(house.gateway_urls["2"])
    person.asks()
    assert set(client.scan_iter(LIMITS)) - before == mine


def test_a_new_model_is_taken_into_use_without_losing_a_conversation(well: House) -> None:
    """As docs/operating.md has it: one engine after the other is stopped and started with the new model."""
    people = {name: well.arrive(engine=name) for name in well.engines}
    for name, place in (("a", "Nacka"), ("b", "Huddinge")):
        people[name].lives_in(place)
    new = well.folder / "new.tar.gz"
    shutil.copy(ROOT / "models/lotsen.tar.gz", new)
    for part in well.engines.values():
        assert part.stop() == 0
        assert goes_on(people["a"], "Nacka")
        assert goes_on(people["b"], "Huddinge")
        part.env["LOTSEN_MODEL"] = str(new)
        part.start()
        part.wait()
        well.wait_until_well()
    assert goes_on(people["a"], "Nacka")
    assert goes_on(people["b"], "Huddinge")
