from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.exhibits.drawn import named, row

from infracommons.vocabulary.figures import exact, rounded
from infracommons.web.funding.exhibits.prose import Piece, pieces

MONEY = st.decimals(Decimal("-1e13"), Decimal("1e13"), places=2)


@given(st.lists(MONEY, max_size=20, unique=True), MONEY)
def test_a_rounded_amount_is_explained_by_the_one_amount_that_reads_so(others: list[Decimal], one: Decimal) -> None:
    shown = replace(named(), rows=[row("a") | {"counted_usd": amount} for amount in others], rounds=(one,))
    shown = replace(shown, sentence=f"In all {rounded(one)} in 3 awards.")
    found = pieces(shown)
    assert "".join(piece.text for piece in found) == shown.sentence
    alone = not [amount for amount in others if amount != one and rounded(amount) == rounded(one)]
    assert [piece for piece in found if piece.exact] == ([Piece(rounded(one), exact(one))] if alone else [])


def test_an_amount_that_is_nowhere_stays_as_it_is() -> None:
    shown = replace(named(), sentence="USD 5 million, unknown, USD 0.00.", rows=[row("a", None)])
    assert pieces(shown) == [Piece(shown.sentence)]
