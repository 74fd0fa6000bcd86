"""A slip in a file of policies is told by file, entry, key and value."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from infracommons.insights.policies.load import load_policies
from infracommons.vocabulary.problems import UnusableInputError

DEFINITIONS = Path(__file__).parents[3] / "definitions"
Change = Callable[[str, str], Path]
ONE = "plan-s-2018.yaml"


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """Return a function that copies the definitions with one text of one policy changed."""

    def change(old: str, new: str) -> Path:
        shutil.copytree(DEFINITIONS / "policies", tmp_path / "policies")
        (tmp_path / "vocabularies").mkdir()
        shutil.copy(DEFINITIONS / "vocabularies" / "categories.yaml", tmp_path / "vocabularies")
        path = tmp_path / "policies" / ONE
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return change


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: funder_policy", "kind: mandate", "kind: 'mandate': there is no such"),
        ("region: europe", "region: eu", "region: 'eu': there is no such"),
        ("level: funder", "level: city", "level: 'city': needs one of"),
        ("adopted: '2018-09'", "adopted: '2018-9'", "adopted: '2018-9': needs a quoted day"),
        ("adopted: '2018-09'", "adopted: 2018", "adopted: 2018: needs a text"),
        ("in_force: '2021-01-01'", "in_force: soon", "in_force: 'soon': needs a quoted day"),
        ("strength: must", "strength: shall", "clauses: immediate: strength: 'shall': needs one of"),
        (
            "requirements: [immediate_access]",
            "requirements: [fast]",
            "requirements: 'fast': there is no such",
        ),
        ("requirements: [immediate_access]", "requirements: []", "immediate: requirements: []: needs one at least"),
        ("source: principles", "source: nowhere", "immediate: source: 'nowhere': there is no such"),
        ("code: licence", "code: immediate", "clauses: code: 'immediate': stands twice"),
        ("url: https://aischolar.org", "url: ftp://aischolar.org", "needs an address that begins with https://"),
        ("related: [ukri", "related: [rcuk, ukri", "related: 'rcuk': there is no such"),
        ("categories: [publishing_system", "categories: [press", "categories: 'press': there is no such"),
        ("summary:", "surprise: x\nsummary:", "'surprise': unknown key"),
        ("title: Plan S, principles", "code: x\ntitle: Plan S, principles", "the name of the file is the code"),
        ("  - name: cOAlition S", "  - {name: x, ror: 'ror.org/1'}", "issuers: x: ror: 'ror.org/1'"),
        ("level: funder", "level: funder\ncountries: [UK]", "countries: 'UK': needs a two-letter code"),
    ],
)
def test_a_slip_is_named_with_file_key_and_value(changed: Change, old: str, new: str, said: str) -> None:
    with pytest.raises(UnusableInputError) as refused:
        load_policies(changed(old, new))
    assert ONE in str(refused.value)
    assert said in str(refused.value)


def test_a_folder_without_policies_says_what_to_do(tmp_path: Path) -> None:
    shutil.copytree(DEFINITIONS / "policies" / "terms", tmp_path / "policies" / "terms")
    shutil.copytree(DEFINITIONS / "vocabularies", tmp_path / "vocabularies")
    with pytest.raises(UnusableInputError, match="no policies here"):
        load_policies(tmp_path)
