"""Holds the loader to its refusals, each by file, entry, key and value, and the registry to the folder in use."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import override_settings

from infracommons.vocabulary.problems import UnusableInputError
from infracommons.web.catalogue.fields import registry
from infracommons.web.catalogue.fields.document import fields_page
from infracommons.web.catalogue.fields.load import load_fields

GOOD_FIELD = {"code": "colour", "label": "Colour", "kind": "term", "vocabulary": "colours"}
GOOD_TERM = {"code": "red", "label": "Red"}
GOOD_VOCABULARY = {"code": "colours", "label": "Colours", "source": "terms", "inventory": ""}


def _write(folder: Path, *, field: Any = None, term: Any = None, vocabulary: Any = None, section: Any = None) -> None:
    head = section or {"code": "about", "label": "About", "position": 1}
    terms = {"terms": [GOOD_TERM if term is None else term]} if term != [] else {}
    files = {
        "fields/about.yaml": {"section": head, "fields": [GOOD_FIELD if field is None else field]},
        "vocabularies/colours.yaml": {**GOOD_VOCABULARY, **terms, **(vocabulary or {})},
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(yaml.safe_dump(content), encoding="utf-8")


def _refusal(folder: Path) -> str:
    with pytest.raises(UnusableInputError) as caught:
        load_fields(folder)
    return str(caught.value).removeprefix(f"{folder}/")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("colour", "fields/about.yaml: entry 1: 'colour': needs keys and values"),
        ({"label": "Colour"}, "fields/about.yaml: entry 1: 'code, kind': missing"),
        ({**GOOD_FIELD, "colour": 1}, "fields/about.yaml: colour: 'colour': unknown key; known are code,"),
        ({**GOOD_FIELD, "section": "about"}, "fields/about.yaml: colour: {"),
        ({**GOOD_FIELD, "kind": "trem"}, "fields/about.yaml: colour: kind: 'trem': needs one of text, rich_text"),
        ({**GOOD_FIELD, "code": "Colour"}, "fields/about.yaml: Colour: code: 'Colour': needs lower-case letters"),
        ({**GOOD_FIELD, "label": 3}, "fields/about.yaml: colour: label: 3: needs a text"),
        ({**GOOD_FIELD, "most": "3"}, "fields/about.yaml: colour: most: '3': needs a whole number"),
        ({**GOOD_FIELD, "most": True}, "fields/about.yaml: colour: most: True: needs a whole number"),
        ({**GOOD_FIELD, "most": 0}, "fields/about.yaml: colour: most: 0: needs a number above zero"),
        ({**GOOD_FIELD, "is_facet": "yes"}, "fields/about.yaml: colour: is_facet: 'yes': needs true or false"),
        ({**GOOD_FIELD, "visibility": "secret"}, "fields/about.yaml: colour: visibility: 'secret': needs one of"),
        (
            {**GOOD_FIELD, "vocabulary": "tones"},
            "fields/about.yaml: colour: vocabulary: 'tones': there is no such file",
        ),
        ({**GOOD_FIELD, "vocabulary": None}, "fields/about.yaml: colour: vocabulary: None: needs a text"),
        (
            {**GOOD_FIELD, "kind": "text"},
            "fields/about.yaml: colour: vocabulary: 'colours': a field of kind text has none",
        ),
        ({**GOOD_FIELD, "kind": "practice"}, "fields/about.yaml: colour: vocabulary: 'colours': a practice needs one"),
        ({**GOOD_FIELD, "parts": "name"}, "fields/about.yaml: colour: parts: 'name': needs a list"),
        (
            {**GOOD_FIELD, "parts": [{"code": "a", "label": "A"}]},
            "fields/about.yaml: colour: parts: ['a']: entries have",
        ),
        ({**GOOD_FIELD, "coded_by": "colours"}, "fields/about.yaml: colour: coded_by: 'colours': only a text is coded"),
        (
            {"code": "hue", "label": "Hue", "kind": "text", "coded_by": "colours"},
            "fields/about.yaml: hue: coded_by: 'colours': no vocabulary of this name has cues",
        ),
        ({**GOOD_FIELD, "inventory": {"url": "x"}}, "fields/about.yaml: colour: inventory: 'url': unknown key"),
        (
            {"code": "colour", "label": "Colour", "kind": "terms"},
            "fields/about.yaml: colour: vocabulary: None: missing; a field of kind terms needs one",
        ),
        ({"code": "who", "label": "Who", "kind": "entries"}, "fields/about.yaml: who: parts: []: entries have parts"),
        (
            {
                "code": "who",
                "label": "Who",
                "kind": "entries",
                "parts": [{"code": "a", "label": "A", "kind": "number"}],
            },
            "fields/about.yaml: who: parts: a: kind: 'number': needs one of text, url, date",
        ),
        (
            {"code": "who", "label": "Who", "kind": "entries", "parts": [{"code": "a", "label": "A"}] * 2},
            "fields/about.yaml: who: parts: a: 'a': stands twice",
        ),
    ],
)
def test_a_slip_in_a_field_is_told_by_file_field_key_and_value(tmp_path: Path, field: Any, said: str) -> None:
    _write(tmp_path, field=field)
    assert _refusal(tmp_path).startswith(said)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"term": {"code": "red"}}, "vocabularies/colours.yaml: terms: red: 'label': missing"),
        ({"term": {**GOOD_TERM, "name": "x"}}, "vocabularies/colours.yaml: terms: red: 'name': unknown key"),
        ({"term": {**GOOD_TERM, "code": "r-d"}}, "vocabularies/colours.yaml: r-d: code: 'r-d': needs lower-case"),
        ({"term": {**GOOD_TERM, "also": "rot"}}, "vocabularies/colours.yaml: terms: red: also: 'rot': needs a list"),
        ({"term": {**GOOD_TERM, "also": [1]}}, "vocabularies/colours.yaml: terms: red: also: entry 1: 1: needs a text"),
        ({"term": {**GOOD_TERM, "provides": "heat"}}, "vocabularies/colours.yaml: red: provides: 'heat': needs one of"),
        ({"term": {**GOOD_TERM, "same_as": "ftp://x"}}, "vocabularies/colours.yaml: red: same_as: 'ftp://x': needs"),
        ({"term": {**GOOD_TERM, "cues": ["*red"]}}, "vocabularies/colours.yaml: red: cues: '*red': needs words with"),
        ({"term": []}, "vocabularies/colours.yaml: terms: []: needs a list of terms"),
        ({"vocabulary": {"code": "tones"}}, "vocabularies/colours.yaml: code: 'tones': needs to be as the file is"),
        ({"vocabulary": {"source": "web"}}, "vocabularies/colours.yaml: source: 'web': needs one of terms, scale"),
        (
            {"vocabulary": {"source": "countries"}},
            "vocabularies/colours.yaml: terms: 'red': countries come from a library",
        ),
        ({"vocabulary": {"terms": [GOOD_TERM] * 2}}, "vocabularies/colours.yaml: red: 'red': stands twice; red has it"),
        (
            {"vocabulary": {"terms": [GOOD_TERM, {"code": "rot", "label": "Rot", "also": ["RED "]}]}},
            "vocabularies/colours.yaml: rot: 'red': stands twice; red has it already",
        ),
        ({"section": {"code": "about"}}, "fields/about.yaml: section: 'label, position': missing"),
        ({"section": {"code": "who", "label": "A", "position": 1}}, "fields/about.yaml: code: 'who': needs to be as"),
        ({"section": "about"}, "fields/about.yaml: section: 'about': needs keys and values"),
    ],
)
def test_a_slip_in_a_vocabulary_or_a_section_is_told_by_file_key_and_value(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    _write(tmp_path, **change)
    assert _refusal(tmp_path).startswith(said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- one", "needs keys and values at the top"),
        ("a: [", "not readable as YAML"),
        ("section: {code: about, code: who}", "code stands twice"),
        ("section: {code: about, label: About, position: 1}\nfield: []", "'field': unknown key"),
        (
            "section: {code: about, label: About, position: 1}\nfields: colour",
            "fields: 'colour': needs a list of fields",
        ),
    ],
)
def test_a_file_that_is_no_list_of_fields_is_refused_by_name(tmp_path: Path, content: str, said: str) -> None:
    _write(tmp_path)
    (tmp_path / "fields" / "about.yaml").write_text(content, encoding="utf-8")
    message = _refusal(tmp_path)
    assert message.startswith("fields/about.yaml")
    assert said in message


def test_a_field_or_a_position_that_two_files_have_is_refused_with_both_names(tmp_path: Path) -> None:
    _write(tmp_path)
    second = {"section": {"code": "more", "label": "More", "position": 2}, "fields": [GOOD_FIELD]}
    (tmp_path / "fields" / "more.yaml").write_text(yaml.safe_dump(second), encoding="utf-8")
    assert _refusal(tmp_path) == "fields/more.yaml: colour: code: 'colour': about.yaml has this field already"
    second["section"] = {"code": "more", "label": "More", "position": 1}
    (tmp_path / "fields" / "more.yaml").write_text(yaml.safe_dump(second), encoding="utf-8")
    assert _refusal(tmp_path) == "fields/more.yaml: section: position: 1: about has it already"


def test_a_folder_without_definitions_is_refused(tmp_path: Path) -> None:
    assert "no definitions here" in _refusal(tmp_path)


def test_the_registry_reads_the_folder_that_the_settings_name(tmp_path: Path) -> None:
    assert list(registry.fields())[:2] == ["name", "aliases"]
    assert registry.field("pricing").vocabulary == "pricing_status"
    assert registry.vocabulary("status").source == "scale"
    assert {field.kind for field in registry.claimable_fields()}.isdisjoint({"record"})
    assert {field.visibility for field in registry.public_fields()} == {"public"}
    _write(tmp_path)
    with override_settings(INFRACOMMONS_DEFINITIONS=tmp_path):
        assert list(registry.fields()) == ["colour"]
        assert [section.code for section in registry.sections()] == ["about"]
        assert list(registry.vocabularies()) == ["colours"]
    with pytest.raises(KeyError):
        registry.field("colour")


def test_an_upright_bar_in_a_definition_does_not_break_a_table(tmp_path: Path) -> None:
    _write(tmp_path, term={"code": "red", "label": "red|rouge"})
    assert "| `red` | red&#124;rouge |  |" in fields_page(tmp_path)
