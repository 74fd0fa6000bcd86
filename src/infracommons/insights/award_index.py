"""The index of the awards of a release, by tantivy: made once for each release, as a release never changes."""

import json
import logging
import os
import shutil
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from weakref import WeakKeyDictionary

import pyarrow as pa
import tantivy

from infracommons.insights.award_query import UNKNOWN_FIELDS, Asker
from infracommons.insights.award_words import CODES, FIELD_NAMES, NUMBERS, TEXTS, searched_awards
from infracommons.insights.release import Release
from infracommons.insights.text_query import Query, QueryIssue, parse_query
from infracommons.vocabulary.spelling import Spellings

MOST_IN_MEMORY = 20_000  # awards; the index of so few is made in seconds, and needs no folder
_FORM = 2  # of the folder; a folder of another form is made anew
_ABOUT = "about.json"
_PLACE = "place"
_HEAP_BYTES = 200_000_000
_MOST_KEPT_ROWS = 3_000_000
_BY_RANK = [("score", "descending"), (_PLACE, "ascending")]


@dataclass(frozen=True)
class Matching:
    """The awards that a text finds: a table of `award_id` and `rank` (0 first, equals alike), None for all awards.

    `issues` are the parts of the text that could not be used.
    """

    query: Query
    table: pa.Table | None = None

    @property
    def issues(self) -> tuple[QueryIssue, ...]:
        """What could not be used."""
        return self.query.issues

    @cached_property
    def ids(self) -> list[str] | None:
        """The ids, best first; None where the text asks for nothing, so that every award matches."""
        return None if self.table is None else self.table.column("award_id").to_pylist()


class AwardIndex:
    """The searchable awards of one release. Threads may share it."""

    def __init__(self, index: tantivy.Index, ids: pa.Array) -> None:
        self._searcher = index.searcher()
        self._asker = Asker(index.schema)
        self._ids = ids  # in the order of the places
        self._kept: OrderedDict[str, Matching] = OrderedDict()
        self._lock = threading.Lock()

    def matching(self, text: str) -> Matching:
        """Return the awards that a text finds; the last answers are kept."""
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
                return self._kept[text]
        found = self._found(parse_query(text, FIELD_NAMES))
        with self._lock:
            self._kept[text] = found
            while len(self._kept) > 1 and sum(map(_rows, self._kept.values())) > _MOST_KEPT_ROWS:
                self._kept.popitem(last=False)
        return found

    def count(self, text: str) -> int:
        """Return how many awards a text finds, without finding which."""
        query = parse_query(text, FIELD_NAMES)
        return self._count(self._asker.whole(query)) if query.clauses else len(self._ids)

    def knows(self, word: str) -> bool:
        """Return whether any award has this folded word."""
        return any(self._searcher.doc_freq(field.code, word) for field in TEXTS)

    @cached_property
    def spellings(self) -> Spellings:
        """The words of all texts but descriptions, of which there are too many, to find the nearest to another."""
        names = (field.code for field in TEXTS if field.code not in {"description", "number"})
        return Spellings(term for name in names for term in self._searcher.terms_with_prefix(name, ""))

    def _count(self, asked: tantivy.Query) -> int:
        # The library's description of its own types leaves this out.
        return int(self._searcher.search(asked, limit=1).count or 0)  # type: ignore[attr-defined]

    def _found(self, query: Query) -> Matching:
        if not query.clauses:
            return Matching(query)
        asked = self._asker.whole(query)
        most = self._count(asked)
        hits = self._searcher.search(asked, limit=max(most, 1), count=False).hits
        places = self._searcher.fast_field_values(_PLACE, [address for _, address in hits])
        scores = [score for score, _ in hits] if query.wanted else [0.0] * len(hits)
        order = pa.table({"score": pa.array(scores, pa.float32()), _PLACE: pa.array(places, pa.int64())})
        ordered = order.sort_by(_BY_RANK)
        rank = range(len(hits)) if query.wanted else [0] * len(hits)
        table = {"award_id": self._ids.take(ordered.column(_PLACE)), "rank": pa.array(rank, pa.int64())}
        return Matching(query, pa.table(table))


_log = logging.getLogger(__name__)
_opened: WeakKeyDictionary[Release, AwardIndex] = WeakKeyDictionary()
_opening = threading.Lock()


def matching(release: Release, text: str) -> Matching:
    """Return the awards of a release that a text finds; nothing typed raises."""
    if not text.strip():
        return Matching(Query())
    return index_of(release).matching(text)


def index_of(release: Release) -> AwardIndex:
    """Return the index of a release: the one kept in this process, else of its folder, else made now."""
    with _opening:
        if release not in _opened:
            _opened[release] = _opened_or_made(release)
        return _opened[release]


def ensure_index(release: Release, *, is_kept: bool = False) -> None:
    """See to it that the first search does not wait; `is_kept` puts the index of a small release in a folder, too."""
    if is_kept and not _is_usable(release, index_folder(release)):
        build(release, index_folder(release))
    index_of(release)


def index_folder(release: Release) -> Path:
    """Return where the index of a release is kept: beside the folder of releases, or below INFRACOMMONS_INDEXES."""
    beside = release.folder.parent.parent / "indexes"
    return Path(os.environ.get("INFRACOMMONS_INDEXES") or beside) / release.release_id


def build(release: Release, folder: Path) -> None:
    """Make the index of a release and put it into `folder` by one renaming; raises OSError where it cannot be written.

    What stands there already gives way, but a folder that another process has just put there stays.
    """
    made = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    try:
        _fill(tantivy.Index(_schema(), path=str(made)), release)
        (made / _ABOUT).write_text(json.dumps(_about(release)), encoding="utf-8")
        if not _is_usable(release, folder):
            shutil.rmtree(folder, ignore_errors=True)
            made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _opened_or_made(release: Release) -> AwardIndex:
    ids, folder = _ids(release), index_folder(release)
    index = _opened_folder(release, folder)
    if index is None and len(ids) > MOST_IN_MEMORY:
        try:
            build(release, folder)
        except OSError:
            _log.exception("the index cannot be kept in %s, so that it is made again with every start", folder)
        index = _opened_folder(release, folder)
    return AwardIndex(index or _fill(tantivy.Index(_schema()), release), ids)


def _opened_folder(release: Release, folder: Path) -> tantivy.Index | None:
    """Return the index of a folder; None where there is none, or a damaged one, which is taken away."""
    if not _is_usable(release, folder):
        return None
    try:
        index = tantivy.Index.open(str(folder))
    except (ValueError, OSError):
        _log.exception("the index in %s cannot be read", folder)
        shutil.rmtree(folder, ignore_errors=True)
        return None
    _teach(index)
    return index


def _is_usable(release: Release, folder: Path) -> bool:
    try:
        return bool(json.loads((folder / _ABOUT).read_bytes()) == _about(release))
    except (OSError, ValueError):
        return False


def _about(release: Release) -> dict[str, object]:
    made_from = {str(table["name"]): str(table.get("sha256", "")) for table in release.manifest["tables"]}
    return {"release": release.release_id, "form": _FORM, "made_with": version("tantivy"), "made_from": made_from}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(_PLACE, fast=True)
    for text in TEXTS:
        builder.add_text_field(text.code, tokenizer_name="blanks")
    for name in (*(code.code for code in CODES), UNKNOWN_FIELDS):
        builder.add_text_field(name, tokenizer_name="blanks")
    for number in NUMBERS:
        builder.add_integer_field(number.code, indexed=True, fast=True)
    return builder.build()


def _teach(index: tantivy.Index) -> None:
    # The text comes folded and cut into words, by the same code as queries and marks.
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("blanks", blanks)


def _fill(index: tantivy.Index, release: Release) -> tantivy.Index:
    _teach(index)
    places = {award_id: place for place, award_id in enumerate(_ids(release).to_pylist())}
    writer = index.writer(_HEAP_BYTES, 1)
    for document in _documents(release, places):
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def _documents(release: Release, places: dict[str, int]) -> Iterator[tantivy.Document]:
    for award in searched_awards(release):
        document = tantivy.Document()
        document.add_unsigned(_PLACE, places[award.award_id])
        for name, words in award.words.items():
            document.add_text(name, words)
        document.add_text(UNKNOWN_FIELDS, award.unknown)
        for name, number in award.numbers.items():
            document.add_integer(name, number)
        yield document


def _ids(release: Release) -> pa.Array:
    """Return the ids of all awards in their own order, in which the index numbers them: the same in every process."""
    batches = release.batches("SELECT award_id FROM award ORDER BY award_id")
    return pa.Table.from_batches(batches[1], batches[0]).column("award_id").combine_chunks()


def _rows(found: Matching) -> int:
    return found.table.num_rows if found.table is not None else 0
