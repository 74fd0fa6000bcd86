from infracommons.methods.relevance.context import MOST, REACH, Mention, context, long_words

TITLE, TEXT = "Keeping Zenodo open", "Data go to Zenodo. " + "Nothing else is said. " * 40 + "Zenodo again."


def test_windows_show_the_words_around_each_mention_title_first() -> None:
    last = TEXT.rindex("Zenodo")
    found = context(TITLE, TEXT, [Mention("description", last, last + 6), Mention("title", 8, 14)])
    assert [(w.field, w.mention) for w in found.windows] == [("title", "Zenodo"), ("description", "Zenodo")]
    assert found.windows[0].before == "Keeping "
    assert found.windows[0].after == " open"
    assert found.windows[1].after == " again."
    assert found.text[found.windows[1].start :].startswith("Zenodo again")


def test_a_window_does_not_reach_from_the_description_into_the_title() -> None:
    found = context(TITLE, TEXT, [Mention("description", 11, 17)])
    assert found.windows[0].before == "Data go to "
    assert len(found.windows[0].after) <= REACH


def test_a_window_is_cut_at_blanks_so_that_no_half_word_counts() -> None:
    at = TEXT.rindex("Zenodo")
    before = context("", TEXT, [Mention("description", at, at + 6)]).windows[0].before
    assert before.strip().split()[0] in {"Nothing", "else", "is", "said."}


def test_a_mention_inside_the_window_before_and_one_in_the_recipient_make_no_window() -> None:
    mentions = [Mention("description", 11, 17), Mention("description", 30, 36), Mention("recipient_name", 0, 6)]
    found = context("", TEXT, mentions)
    assert len(found.windows) == 1
    assert found.mentions == 2


def test_no_more_windows_than_are_needed() -> None:
    mentions = [Mention("description", start, start + 4) for start in range(0, 800, 90)]
    assert len(context("", TEXT, mentions).windows) == MOST


def test_words_are_compared_without_their_endings() -> None:
    assert long_words("an open repository of preprints") == {"open", "reposi", "prepri"}


def test_a_funder_s_formula_is_not_read_as_the_award_s_words() -> None:
    formula = "This award reflects NSF's statutory mission and has been deemed worthy of support."
    found = context("", f"Data go to Zenodo. {formula}", [Mention("description", 11, 17)])
    assert found.windows[0].after == ". "
    assert "deemed" not in found.text


def test_a_mention_behind_a_formula_keeps_its_words() -> None:
    text = "This award reflects NSF's statutory mission. Data go to Zenodo."
    found = context("", text, [Mention("description", text.index("Zenodo"), len(text) - 1)])
    assert found.windows[0].before.endswith("Data go to ")
