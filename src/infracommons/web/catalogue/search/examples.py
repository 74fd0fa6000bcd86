"""Examples of what the search box understands; the help page shows them and the tests run them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class QueryExample:
    """Something to type, and what it finds."""

    q: str
    meaning: str


QUERY_HELP = (
    QueryExample("preprint server", "Every word must match, in any order, anywhere in a profile."),
    QueryExample('"open access"', "Words in quotes must stand together."),
    QueryExample("repository -software", "A minus sign leaves out what has the word."),
    QueryExample('journal -"article processing"', "A minus sign works on phrases too."),
    QueryExample("zenod", "The last word may be the beginning of a longer one."),
    QueryExample("datacyte", "A small typing error in a longer word does no harm."),
    QueryExample("erudit", "Accents and capital letters make no difference."),
    QueryExample("country:DE", "A field, a colon and a value look in that field only."),
    QueryExample("country:Germany", "Values can be given in words or as codes."),
    QueryExample("code_repository:available", "A practice is asked for by its status."),
    QueryExample('categories:"repository service"', "A value of several words stands in quotes."),
    QueryExample("summary:data -country:US", "Fields can be combined, and left out."),
    QueryExample("steward:cornell", "The organisation that runs it, by a part of its name."),
    QueryExample("launched:2000..2010", "A range, both ends included."),
    QueryExample("launched:>=2015", "From a year on; also >, < and <=."),
    QueryExample("launched:unknown", "Nothing is claimed in this field."),
    QueryExample("oss:yes", "An openness flag: yes, no or unknown."),
)
