"""Holds the picture that the folders draw, where import contracts do not look."""

from pathlib import Path

import pytest
from django.apps import apps

from infracommons.pipeline.source import all_sources

SOURCE = Path(__file__).parent.parent / "src" / "infracommons"
# From the top down: an app may point at those after it, never before; apps side by side do not point at each other.
CAPABILITIES = (("reports",), ("pilots", "support", "funding"), ("catalogue",), ("accounts",), ("shared",))
BANNED_NAMES = {"utils", "util", "helpers", "common", "misc", "base", "manager", "managers"}
MODULES = sorted(SOURCE.rglob("*.py"))


def _level(app_label: str) -> int | None:
    return next((level for level, labels in enumerate(CAPABILITIES) if app_label in labels), None)


def test_no_model_points_up_not_even_by_a_string() -> None:
    for model in apps.get_models():
        level = _level(model._meta.app_label)
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if level is None or field.auto_created or target in (None, model) or isinstance(target, str):
                continue
            below = _level(target._meta.app_label)
            same = target._meta.app_label == model._meta.app_label
            assert same or below is None or below > level, f"{model.__name__}.{field.name} points up to {target}"


def test_every_web_folder_is_a_capability_of_the_product() -> None:
    folders = {path.name for path in (SOURCE / "web").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders <= {name for side_by_side in CAPABILITIES for name in side_by_side}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_module_says_what_it_is_for_and_has_a_name_that_says_something(path: Path) -> None:
    assert path.stem not in BANNED_NAMES
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or text.lstrip().startswith(('"""', 'r"""'))


def test_each_source_is_named_as_its_module_and_has_a_golden_folder() -> None:
    golden = Path(__file__).parent / "golden"
    for name, source in all_sources().items():
        assert source.name == name
        assert (golden / name / "expected.json").exists(), name


def test_only_one_source_file_stands_behind_each_source() -> None:
    others = {path.stem for path in (SOURCE / "pipeline" / "sources").glob("*.py")} - {"__init__"}
    assert others == set(all_sources())
