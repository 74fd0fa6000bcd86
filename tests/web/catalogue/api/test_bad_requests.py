from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from infracommons.web.catalogue.models import Infrastructure

pytestmark = pytest.mark.django_db
Ask = Callable[..., dict[str, Any]]
BAD: list[tuple[str, dict[str, Any], str]] = [
    ("infrastructures", {"limit": "0"}, "limit"),
    ("infrastructures", {"limit": "201"}, "limit"),
    ("infrastructures", {"limit": "1000000000"}, "limit"),
    ("infrastructures", {"limit": "many"}, "limit"),
    ("infrastructures", {"limit": ["1", "2"]}, "limit"),
    ("infrastructures", {"cursor": "10^9"}, "cursor"),
    ("infrastructures", {"cursor": ""}, "cursor"),
    ("infrastructures", {"cursor": "x" * 401}, "cursor"),
    ("infrastructures", {"select": "unheard_of,name"}, "select"),
    ("infrastructures", {"select": "contact_email"}, "select"),
    ("infrastructures", {"select": "annual_revenue"}, "select"),
    ("infrastructures", {"group_by": "unheard_of"}, "group_by"),
    ("infrastructures", {"group_by": "contact_email"}, "group_by"),
    ("infrastructures", {"country": "ZZ"}, "country"),
    ("infrastructures", {"country": ""}, "country"),
    ("infrastructures", {"oss": ["yes", " "]}, "oss"),
    ("infrastructures", {"code_repository": "perhaps"}, "code_repository"),
    ("infrastructures", {"launched_from": "soon"}, "launched_from"),
    ("infrastructures", {"launched_from": "2010", "launched_to": "2000"}, "launched_from"),
    ("infrastructures", {"sort": "money"}, "sort"),
    ("infrastructures", {"q": "x" * 10_000}, "q"),
    ("infrastructures", {"q": "a\0b"}, "q"),
    ("infrastructures", {"strict": "perhaps"}, "strict"),
    ("infrastructures", {"strict": "1", "page": "2"}, "page"),
    ("infrastructures", {"strict": "1", "q": "OR"}, "q"),
    ("infrastructures.ndjson", {"limit": "5"}, "limit"),
    ("infrastructures.ndjson", {"unheard_of": "5"}, "unheard_of"),
    ("infrastructures/example-archive", {"as_of": "yesterday"}, "as_of"),
    ("infrastructures/example-archive", {"as_of": "2026-02-30"}, "as_of"),
    ("infrastructures/example-archive", {"as_of": "9999-12-31"}, "as_of"),
    ("infrastructures/example-archive", {"as_of": "0"}, "as_of"),
    ("infrastructures/example-archive/claims", {"field": "contact_email"}, "field"),
    ("claims", {"field": "contact_email"}, "field"),
    ("claims", {"author_kind": "visitor"}, "author_kind"),
    ("claims", {"status": "perhaps"}, "status"),
    ("claims", {"since": "then"}, "since"),
    ("claims", {"infrastructure": "a b"}, "infrastructure"),
    ("claims", {"strict": "1", "feild": "name"}, "feild"),
    ("changes", {"after": "-1"}, "after"),
    ("changes", {"after": "1" + "0" * 30}, "after"),
    ("changes", {"since": "0001-01-01T00:00:00+14:00"}, "since"),
    ("organisations", {"q": "x" * 301}, "q"),
    ("organisations", {"q": "a\0b"}, "q"),
]


@pytest.mark.parametrize(("address", "query", "parameter"), BAD, ids=lambda part: str(part)[:60])
def test_a_value_that_cannot_be_used_is_refused_by_name(
    address: str, query: dict[str, Any], parameter: str, ask: Ask
) -> None:
    problem = ask(address, query, status=400)
    assert problem["type"] == "/api/#problem-bad-request"
    assert [one["parameter"] for one in problem["problems"]] == [parameter], problem
    [said] = problem["problems"]
    given = query[parameter]
    first = given if isinstance(given, str) else ", ".join(given)
    assert said["value"] == "" or said["value"][:9] == first[:9]
    assert len(said["value"]) <= 80
    assert said["message"].endswith(".")


@pytest.mark.usefixtures("rich")
def test_every_bad_value_of_a_request_is_named(ask: Ask) -> None:
    problem = ask("claims", {"limit": "no", "since": "then", "author_kind": ["curator", "visitor"]}, status=400)
    assert {one["parameter"] for one in problem["problems"]} == {"limit", "since", "author_kind"}


@pytest.mark.usefixtures("rich")
def test_parameters_that_nobody_knows_are_reported_and_the_rest_is_answered(ask: Ask) -> None:
    for address in ("", "infrastructures", "infrastructures/zenodo", "claims", "changes", "organisations", "fields"):
        answer = ask(address, {"unheard_of": ["1", "2"]})
        said = [(one["parameter"], one["value"]) for one in answer["meta"]["problems"]]
        assert said == [("unheard_of", "1"), ("unheard_of", "2")]
        problem = ask(address, {"unheard_of": ["1", "2"], "strict": "1"}, status=400)
        assert problem["problems"] == answer["meta"]["problems"]


@pytest.mark.usefixtures("rich")
def test_what_a_search_cannot_use_is_reported(ask: Ask) -> None:
    answer = ask("infrastructures", {"q": "archive unheard_of:yes"})
    [problem] = answer["meta"]["problems"]
    assert (problem["parameter"], problem["value"]) == ("q", "unheard_of:yes")
    assert answer["meta"]["total"] > 0


@pytest.mark.usefixtures("rich")
def test_a_cursor_works_only_with_the_list_that_it_came_from(ask: Ask, client: Client) -> None:
    following = ask("claims", {"limit": 2, "author_kind": "steward"})["links"]["next"]
    assert client.get(following).status_code == 200
    assert client.get(following.replace("limit=2", "limit=9")).status_code == 200
    for changed in (
        following.replace("steward", "curator"),
        following + "&field=name",
        following.replace("/claims", "/changes"),
        following + "x",
        following.replace("cursor=", "cursor=A"),
    ):
        response = client.get(changed)
        assert response.status_code == 400, changed
        assert [one["parameter"] for one in response.json()["problems"]] == ["cursor"]


@pytest.mark.usefixtures("rich")
def test_addresses_of_any_length_and_bytes_get_an_answer_that_is_no_failure(client: Client) -> None:
    queries = (
        "a=1&" * 1001,
        "%FF=%FF",
        "q=%FF%FE",
        "country=%F0%9F%92%A9",
        "select=" + "," * 500,
        "&&&=",
        "q",
    )
    for query in queries:
        for address in ("infrastructures", "claims", "organisations"):
            response = client.get(f"/api/v1/{address}?{query}")
            assert response.status_code in {200, 400}, query
            assert response.headers["Content-Type"].endswith("json")


def test_an_unknown_infrastructure_is_not_found(rich: Infrastructure, ask: Ask) -> None:
    assert rich.infrastructure_id == "example-archive"
    assert "no-such-thing" in ask("infrastructures/no-such-thing", status=404)["detail"]
