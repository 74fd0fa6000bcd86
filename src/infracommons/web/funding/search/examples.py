"""Examples of what the search for awards understands; the help page shows them and the tests run them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class QueryExample:
    """Something to type, and what it finds."""

    q: str
    meaning: str


@dataclass(frozen=True)
class ExampleGroup:
    """Examples of one thing that the search can do."""

    heading: str
    examples: tuple[QueryExample, ...]


AWARD_HELP = (
    ExampleGroup(
        "Words",
        (
            QueryExample("open infrastructure", "Every word must match, in any order and in any field."),
            QueryExample('"open science"', "Words in quotes stand together, exactly as written."),
            QueryExample("preprints -arxiv", "A minus sign leaves out awards that have the word."),
            QueryExample('open -"open science"', "A minus sign works on phrases too."),
            QueryExample("zenodo OR dspace", "OR takes either of the two beside it; write it in capitals."),
            QueryExample("data zenodo OR dspace", "OR binds closer than a blank: data, and one of the other two."),
            QueryExample("repositor*", "A star stands for any ending."),
            QueryExample("library", "A noun also finds its other number: library, libraries."),
            QueryExample("EDITION", "Accents and capital letters make no difference."),
        ),
    ),
    ExampleGroup(
        "Fields",
        (
            QueryExample("title:open", "Only in the title."),
            QueryExample("description:preprints", "Only in the description."),
            QueryExample("funder:foundation", "A part of the funder's name."),
            QueryExample('recipient:"university of"', "A part of the recipient's name; several words stand in quotes."),
            QueryExample("programme:software", "The funder's programme or scheme."),
            QueryExample("infrastructure:zenodo", "A name of an infrastructure that the award names."),
            QueryExample("number:360G*", "The award's number as its funder writes it, here by its beginning."),
            QueryExample("-title:open", "A field can be left out."),
        ),
    ),
    ExampleGroup(
        "Codes",
        (
            QueryExample("country:GB", "The recipient's country, by code."),
            QueryExample('country:"United States"', "The same by name."),
            QueryExample("funder_country:GB", "The funder's country, by code or by name."),
            QueryExample("source:nsf", "The source that published the award."),
            QueryExample("currency:EUR", "The currency in which the award was made."),
            QueryExample("type:direct", "The kind of support: direct, adjacent, adopt or unknown."),
        ),
    ),
    ExampleGroup(
        "Figures",
        (
            QueryExample("year:2015..2020", "A range, both ends included."),
            QueryExample("year:>=2018", "From a year on; also >, < and <=."),
            QueryExample("amount:>1000000", "The amount in the award's own currency."),
            QueryExample("usd:10000..50000", "The amount in US dollars of its day."),
            QueryExample("usd:>=1,000,000", "Commas between thousands do no harm."),
            QueryExample("amount:unknown", "The publisher gives no amount."),
            QueryExample("recipient:unknown", "Nobody is named as its recipient; unknown works with every field."),
        ),
    ),
)
