"""Terms change for everyone at once, claims keep their codes, and each change is public and can be undone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.desk.terms import actions
from infracommons.web.catalogue.desk.terms.actions import By, TermProblem
from infracommons.web.catalogue.desk.terms.usage import usage_of
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field, vocabularies
from infracommons.web.catalogue.models import Infrastructure, Term, TermEvent
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.django_db
LANGUAGES = "programming_languages"


@pytest.fixture
def vocabulary() -> str:
    """The vocabulary of programming languages."""
    return field(LANGUAGES).vocabulary or ""


@pytest.fixture
def named(terms: None, vocabulary: str) -> Callable[[str], Term]:  # noqa: ARG001 - asks for the terms
    """Return a function that finds a language by its label."""

    def find(label: str) -> Term:
        return Term.objects.get(vocabulary=vocabulary, label=label)

    return find


@pytest.fixture
def by(curator: User) -> By:
    return By(curator, "Agreed among curators.")


Named = Callable[[str], Term]


def shown(infrastructure: Infrastructure) -> list[str]:
    infrastructure.refresh_from_db()
    value = infrastructure.profile[LANGUAGES]["value"]
    return [term_book().label(field(LANGUAGES).vocabulary or "", code) for code in value["terms"]]


def test_a_new_label_shows_at_once_and_imports_still_know_the_old_one(
    rich: Infrastructure, named: Named, by: By
) -> None:
    actions.rename(named("Python"), "Python 3", by=by)
    assert "Python 3" in shown(rich)
    assert term_book().code_of(field(LANGUAGES).vocabulary or "", "python") == named("Python 3").code


def test_a_merged_term_shows_as_the_other_while_claims_keep_their_codes(
    rich: Infrastructure, named: Named, by: By
) -> None:
    before = rich.profile[LANGUAGES]["value"]["terms"]
    term = named("Python")
    actions.merge(term, named("Java").code, by=by)
    assert "Java" in shown(rich)
    assert rich.profile[LANGUAGES]["value"]["terms"] == before
    book = term_book()
    assert term.code not in {one.code for one in book.choices(term.vocabulary)}
    assert usage_of(term.vocabulary).standing_for(named("Java").code, book) == 1


def test_a_merge_in_a_circle_is_refused_with_the_way_it_would_go(named: Named, by: By) -> None:
    actions.merge(named("Python"), named("Java").code, by=by)
    actions.merge(named("Java"), named("Ruby").code, by=by)
    actions.restore(named("Ruby"), by=by) if named("Ruby").state != "active" else None
    with pytest.raises(TermProblem, match="circle: Ruby → Python → Java → Ruby"):
        actions.merge(named("Ruby"), named("Python").code, by=by)
    assert named("Ruby").state == "active"


def test_a_term_cannot_be_merged_into_itself_into_nothing_or_into_a_retired_one(named: Named, by: By) -> None:
    actions.retire(named("Ruby"), "", by=by)
    for target, says in ((named("Python").code, "circle"), ("nonsense", "nonsense"), (named("Ruby").code, "retired")):
        with pytest.raises(TermProblem, match=says):
            actions.merge(named("Python"), target, by=by)
    with pytest.raises(TermProblem):
        actions.merge(named("Python"), "", by=by)


def test_a_retired_term_stays_on_profiles_but_cannot_be_chosen(rich: Infrastructure, named: Named, by: By) -> None:
    actions.retire(named("Python"), "", by=by)
    assert "Python" in shown(rich)
    assert not any(one.label == "Python" for one in term_book().choices(named("Python").vocabulary))
    with pytest.raises(TermProblem, match="already"):
        actions.retire(named("Python"), "", by=by)
    actions.restore(named("Python"), by=by)
    assert any(one.label == "Python" for one in term_book().choices(named("Python").vocabulary))


def test_a_label_in_use_is_refused_however_it_is_spelled(named: Named, by: By) -> None:
    with pytest.raises(TermProblem, match="Merge the two"):
        actions.rename(named("Python"), "  jAvA ", by=by)
    with pytest.raises(TermProblem, match="Merge the two"):
        actions.add(named("Java").vocabulary, "PYTHON", "", by=by)


def test_an_added_term_gets_a_code_of_its_own_and_can_be_chosen(rich: Infrastructure, vocabulary: str, by: By) -> None:
    term = actions.add(vocabulary, "Odd Language (2026)", "Made for tests.", by=by)
    again = actions.add(vocabulary, "Odd: Language, 2026", "", by=by)
    assert (term.code, again.code) == ("odd_language_2026", "odd_language_2026_2")
    claim = checked_claim(field(LANGUAGES), RawClaim({"terms": ["odd language (2026)"]}), term_book())
    append_claims(rich, [claim], by=Author(AuthorKind.STEWARD, "its team"))
    assert shown(rich) == ["Odd Language (2026)"]


@pytest.mark.parametrize("label", ["", " \t", "x" * 301, "a" + "\u0301" * 9])
def test_a_label_that_cannot_be_is_refused(vocabulary: str, by: By, label: str, terms: None) -> None:  # noqa: ARG001
    count = Term.objects.count()
    with pytest.raises(TermProblem):
        actions.add(vocabulary, label, "", by=by)
    assert Term.objects.count() == count


def test_nothing_is_done_without_a_reason(named: Named, curator: User) -> None:
    with pytest.raises(TermProblem, match="reason"):
        actions.rename(named("Python"), "Python 3", by=By(curator, "  "))
    assert named("Python").pk
    assert not TermEvent.objects.exists()


def test_fixed_vocabularies_cannot_be_managed(terms: None, by: By) -> None:  # noqa: ARG001
    fixed = next(one.code for one in vocabularies().values() if one.source == "scale")
    with pytest.raises(TermProblem, match="fixed"):
        actions.add(fixed, "maybe", "", by=by)


@pytest.mark.parametrize("action", ["rename", "describe", "merge", "retire", "add", "restore"])
def test_everything_can_be_undone(named: Named, vocabulary: str, by: By, action: str) -> None:
    def state() -> list[Any]:
        return list(
            Term.objects.filter(vocabulary=vocabulary, state="active").order_by("pk").values("label", "description")
        )

    if action == "restore":
        actions.retire(named("Python"), named("Java").code, by=by)
    before = state()
    if action == "add":
        actions.add(vocabulary, "Odd", "", by=by)
    else:
        do: dict[str, Callable[[], Term]] = {
            "rename": lambda: actions.rename(named("Python"), "Python 3", by=by),
            "describe": lambda: actions.describe(named("Python"), "A language.", by=by),
            "merge": lambda: actions.merge(named("Python"), named("Java").code, by=by),
            "retire": lambda: actions.retire(named("Python"), "", by=by),
            "restore": lambda: actions.restore(named("Python"), by=by),
        }
        do[action]()
    assert state() != before
    event = TermEvent.objects.latest("pk")
    actions.undo(event, by=by)
    assert state() == before
    with pytest.raises(TermProblem):
        actions.undo(event, by=by)


def test_what_was_changed_again_since_is_not_undone(named: Named, by: By) -> None:
    actions.rename(named("Python"), "Python 3", by=by)
    first = TermEvent.objects.latest("pk")
    actions.rename(named("Python 3"), "Python 4", by=by)
    with pytest.raises(TermProblem, match="changed again since"):
        actions.undo(first, by=by)


def test_undoing_a_restoration_does_not_close_a_circle(named: Named, by: By) -> None:
    actions.merge(named("Python"), named("Java").code, by=by)
    actions.restore(named("Python"), by=by)
    restored = TermEvent.objects.latest("pk")
    actions.merge(named("Java"), named("Python").code, by=by)
    with pytest.raises(TermProblem, match="circle"):
        actions.undo(restored, by=by)


def test_uses_count_claims_that_stand_of_what_is_listed(rich: Infrastructure, named: Named) -> None:
    term = named("Python")
    others = usage_of(term.vocabulary).holding(term.code) - 1
    claim = checked_claim(field(LANGUAGES), RawClaim({"terms": ["java"]}), term_book())
    append_claims(rich, [claim], by=Author(AuthorKind.STEWARD, "its team"))
    # What a program read afterwards only stands beside it.
    beside = checked_claim(field(LANGUAGES), RawClaim({"terms": ["python"]}), term_book())
    append_claims(rich, [beside], by=Author(AuthorKind.HARVESTER, "a program"))
    usage = usage_of(term.vocabulary)
    assert usage.holding(term.code) == others
    assert usage.holding(named("Java").code) == 1
    Infrastructure.objects.filter(pk=rich.pk).update(listing="withdrawn")
    assert usage_of(term.vocabulary).holding(named("Java").code) == 0


def change(client: Client, term: Term, **data: str) -> Any:
    place = reverse("desk_change_term", args=[term.vocabulary, term.code])
    return client.post(place, {"reason": "Agreed among curators.", **data})


def test_the_page_says_in_numbers_what_a_change_does_before_it_does_it(
    at_desk: Client, rich: Infrastructure, named: Named
) -> None:
    term = named("Python")
    answer = change(at_desk, term, action="merge", target=named("Java").code)
    page = " ".join(answer.content.decode().split())
    assert "1 listed infrastructure uses this term" in page
    assert "show Java in its place" in page
    assert "shown by 1 in all" in page
    assert not TermEvent.objects.exists()
    assert change(at_desk, term, action="merge", target=named("Java").code, go="confirm").status_code == 302
    assert "Java" in shown(rich)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"action": "rename", "label": "Java"}, "Merge the two"),
        ({"action": "rename", "label": "New", "reason": ""}, "Give a reason"),
        ({"action": "merge", "target": "nonsense"}, "nonsense"),
        ({"action": "explode"}, "Choose what to do"),
        ({"action": "undo", "event": "99999999999999999999"}, "not in the history"),
        ({"action": "undo", "event": "٣"}, "not in the history"),
    ],
)
def test_what_cannot_be_done_is_named_and_nothing_typed_is_lost(
    at_desk: Client, named: Named, data: dict[str, str], says: str
) -> None:
    answer = change(at_desk, named("Python"), **data)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert says in page
    assert data.get("label", "") in page
    assert not TermEvent.objects.exists()


def test_a_term_is_added_and_a_refused_one_keeps_what_was_typed(at_desk: Client, named: Named, vocabulary: str) -> None:
    place = reverse("desk_add_term", args=[vocabulary])
    refused = at_desk.post(place, {"label": "Java", "description": "Typed at length.", "reason": "Why not"})
    assert refused.status_code == 400
    assert "Typed at length." in refused.content.decode()
    assert at_desk.post(place, {"label": "Odd", "reason": "Needed."}).status_code == 302
    assert named("Odd").state == "active"


def test_the_desks_pages_open(at_desk: Client, rich: Infrastructure, named: Named, vocabulary: str) -> None:
    for place in (
        reverse("desk_terms"),
        reverse("desk_vocabulary", args=[vocabulary]),
        reverse("desk_term", args=[vocabulary, named("Python").code]),
    ):
        assert at_desk.get(place).status_code == 200
    for place in (reverse("desk_vocabulary", args=["nonsense"]), reverse("desk_term", args=[vocabulary, "nonsense"])):
        assert at_desk.get(place).status_code == 404
    assert rich.pk


def test_every_vocabulary_has_a_public_page(client: Client, rich: Infrastructure) -> None:
    page = client.get(reverse("vocabularies")).content.decode()
    for code in vocabularies():
        assert reverse("vocabulary_page", args=[code]) in page
        assert client.get(reverse("vocabulary_page", args=[code])).status_code == 200
    assert client.get(reverse("vocabulary_page", args=["nonsense"])).status_code == 404
    assert rich.pk


def test_the_public_history_names_what_changed_and_why_but_no_person(
    client: Client, named: Named, vocabulary: str, by: By
) -> None:
    actions.rename(named("Python"), "Python <3", by=by)
    page = " ".join(client.get(reverse("vocabulary_page", args=[vocabulary])).content.decode().split())
    assert "label: Python → Python &lt;3" in page
    assert by.reason in page
    assert "Cleo" not in page
