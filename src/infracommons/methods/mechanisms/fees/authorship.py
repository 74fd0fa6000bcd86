"""Shares a cost by who wrote what: an article among its authors, an author's part among the author's institutions."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.result import Certificate, Check, Mechanism, Result, Step, largest_remainder, refuse


@dataclass(frozen=True)
class Article:
    """An article: for each author its affiliations."""

    id: str
    authors: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Authorship:
    """The cost to cover in minor units, and the articles it is shared by."""

    target: int
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class AuthorshipParameters:
    """Articles with an author at one of `exclude` are dropped; `members`: who pays, empty for all who wrote."""

    exclude: frozenset[str]
    members: tuple[str, ...] = ()


def share_by_authorship(inputs: Authorship, parameters: AuthorshipParameters) -> Result:
    """Return the cost times each one's key: 1/n of an article for each author, 1/k of that for each affiliation.

    Source: the allocation key of the Swiss SCOAP3 members, P. Iriarte, J.-B. Claivaz and E. Silva Quintana,
    University of Geneva, CC BY. MethodInputError where no article is left for the members.
    """
    credit: dict[str, Fraction] = dict.fromkeys(parameters.members, Fraction(0))
    dropped, outside = [], Fraction(0)
    for article in inputs.articles:
        if any(parameters.exclude.intersection(author) for author in article.authors):
            dropped.append(article.id)
            continue
        for author in article.authors:
            for name in author:
                part = Fraction(1, len(article.authors) * len(author))
                if parameters.members and name not in credit:
                    outside += part
                else:
                    credit[name] = credit.get(name, Fraction(0)) + part
    whole = sum(credit.values(), Fraction(0))
    if not whole:
        refuse("articles", len(inputs.articles), "none is left that a member wrote, so there is no key")
    amounts = largest_remainder(credit, inputs.target)
    words = f"{len(inputs.articles) - len(dropped)} articles count, {len(dropped)} are dropped for an author elsewhere"
    balance = Check("balance", sum(amounts.values()) == inputs.target, "the amounts add up to the cost")
    return Result(
        "fee_authorship",
        {"exclude": sorted(parameters.exclude), "members": parameters.members, "rounding": "largest_remainder"},
        amounts,
        (Step(words, {"dropped": dropped, "credit_of_others": outside}),),
        Certificate((balance,)),
        details={"key": {name: part / whole for name, part in credit.items()}, "credit": credit},
    )


def _names(where: str, value: object) -> tuple[str, ...]:
    names = forms.records(where, value, read.text, least=0)
    if len(set(names)) < len(names):
        refuse(where, value, "names an institution twice")
    return names


def _article(where: str, value: object) -> Article:
    given = read.parts(where, value, ["id", "authors"])
    authors = forms.records(f"{where}.authors", given["authors"], _names)
    return Article(read.text(f"{where}.id", given["id"]), authors)


def _inputs(given: Mapping[str, Any]) -> Authorship:
    read.parts("", given, ["target", "articles"])
    articles = forms.records("articles", given["articles"], _article)
    forms.no_twins("articles", [one.id for one in articles])
    return Authorship(read.money("target", given["target"]), articles)


def _parameters(given: Mapping[str, Any]) -> AuthorshipParameters:
    read.parts("", given, ["exclude"], ["members"])
    members = _names("members", given.get("members", ()))
    return AuthorshipParameters(frozenset(_names("exclude", given["exclude"])), members)


_TEXTS = {"type": "array", "items": forms.NAME, "uniqueItems": True}
_ARTICLE = forms.schema(
    {
        "id": {**forms.NAME, "description": "Identifier of the article."},
        "authors": forms.listed({**_TEXTS, "description": "Affiliations of one author."}, "Authors."),
    }
)
MECHANISMS = (
    Mechanism(
        "fee_authorship",
        "fees",
        "Key by authorship",
        "Divides a cost among institutions by their part in articles.",
        share_by_authorship,
        _inputs,
        _parameters,
        forms.schema(
            {
                "target": forms.told(forms.AMOUNT, "The cost to cover."),
                "articles": forms.listed(_ARTICLE, "What was published."),
            }
        ),
        forms.schema(
            {"exclude": {**_TEXTS, "description": "An article with an author at one of these is dropped."}},
            {"members": {**_TEXTS, "description": "Institutions that share the cost; empty: all that wrote."}},
        ),
    ),
)
