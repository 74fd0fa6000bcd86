import subprocess
import sys
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.panels.draw import DrawRules, Entries, allocate, commitment, drawn, replay_script
from infracommons.methods.mechanisms.panels.mechanisms import read_draw_rules, read_entries
from infracommons.methods.result import MethodInputError

FIVE = {name: Fraction(4, 5) for name in ("ärz", "b", "c's", 'd"', "e\nf")}


def test_ten_lines_of_standard_library_draw_the_same() -> None:
    script = replay_script(FIVE, "beacon 2026-11-21")
    assert len(script.splitlines()) <= 10
    told = subprocess.run([sys.executable, "-X", "utf8", "-c", script], capture_output=True, check=True)
    assert told.stdout.decode() == "".join(f"{name}\n" for name in drawn(FIVE, "beacon 2026-11-21"))


def test_the_protocol_is_fixed_byte_for_byte() -> None:
    # The SHA-256 of "abc" is in FIPS 180-4; who is drawn was worked out by the protocol's words alone.
    assert commitment("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert drawn({"a": Fraction(1, 2), "b": Fraction(1, 2), "c": Fraction(1)}, "abc") == by_words("abc")


def by_words(seed: str) -> tuple[str, ...]:
    import hashlib  # noqa: PLC0415 - apart from the code under test

    def number(text: str) -> str:
        return hashlib.sha256(seed.encode() + b"\n" + text.encode()).hexdigest()

    chances = {"a": Fraction(1, 2), "b": Fraction(1, 2), "c": Fraction(1)}
    start = Fraction(int(number("start"), 16), 2**256)
    end, won = Fraction(0), []
    for name in sorted(chances, key=lambda one: number("ticket\n" + one)):
        begin, end = end, end + chances[name]
        if any(begin <= start + step < end for step in range(3)):
            won.append(name)
    return tuple(won)


def test_a_seed_other_than_the_committed_one_is_refused() -> None:
    DrawRules("s", commitment("s").upper())
    with pytest.raises(MethodInputError, match="not the SHA-256"):
        DrawRules("other", commitment("s"))
    with pytest.raises(MethodInputError, match="empty"):
        DrawRules("", None)


def test_winners_are_paid_and_losers_are_told_their_chance() -> None:
    rules = DrawRules("seed", commitment("seed"))
    result = allocate(Entries({"a": Fraction(1), "b": Fraction(0)}, {"a": 500, "b": 700}), rules)
    assert result.amounts == {"a": 500, "b": 0}
    assert result.losers["b"]["chance"] == 0
    assert not result.certificate.failing
    assert result.certificate["seed_committed_before"].holds


@pytest.mark.parametrize(
    ("chances", "where"),
    [({}, "chances"), ({"a": 0.5}, "chances"), ({"a": 2}, "chances.a"), ({"a": "x"}, "chances.a")],
)
def test_bad_chances_are_refused_by_their_place(chances: dict[str, Any], where: str) -> None:
    with pytest.raises(MethodInputError) as caught:
        read_entries({"chances": chances})
    assert caught.value.where == where
    assert read_draw_rules({"draw_seed": "s", "commitment": None}).commitment is None


def test_everyone_is_drawn_as_often_as_their_chance_says() -> None:
    chances = {"a": Fraction(1, 6), "b": Fraction(1, 3), "c": Fraction(1, 2), "d": Fraction(1)}
    counts = dict.fromkeys(chances, 0)
    for number in range(6000):
        for name in drawn(chances, f"seed {number}"):
            counts[name] += 1
    for name, chance in chances.items():
        assert counts[name] / 6000 == pytest.approx(float(chance), abs=0.025)


@settings(max_examples=1000, deadline=None)
@given(parts=st.lists(st.integers(0, 12), min_size=1, max_size=8), seed=st.text(min_size=1, max_size=8))
def test_exactly_as_many_are_drawn_as_chances_add_up_to(parts: list[int], seed: str) -> None:
    left = -sum(parts) % 12
    chances = {f"p{at}": Fraction(part, 12) for at, part in enumerate([*parts, left])}
    won = drawn(chances, seed.replace("\ud800", "x"))
    assert len(won) == sum(chances.values())
    assert all(name in won for name, chance in chances.items() if chance == 1)
    assert not any(name in won for name, chance in chances.items() if chance == 0)
    assert drawn(dict(reversed(chances.items())), seed) == won
