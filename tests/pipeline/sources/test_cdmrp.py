import pytest

from infracommons.pipeline.sources.cdmrp import _institutions


@pytest.mark.parametrize(
    ("published", "readable"),
    [
        ("Institution: NORTH CAROLINA, UNIVERSITY OF, GREENSBORO", "University of North Carolina, Greensboro"),
        ("Institution: NEW YORK, STATE UNIVERSITY OF, STONY BROOK", "State University of New York, Stony Brook"),
        ("Institution: TEXAS, UNIVERSITY OF, AT AUSTIN", "University of Texas at Austin"),
        ("Institution: WISCONSIN, MEDICAL COLLEGE OF", "Medical College of Wisconsin"),
        ("Institution: OHIO STATE UNIVERSITY, THE", "Ohio State University"),
        ("Institution: BRIGHAM AND WOMEN'S HOSPITAL, INC.", "Brigham and Women's Hospital, Inc."),
        ("Institution: MCGILL UNIVERSITY", "McGill University"),
        ("Institution: VA MEDICAL CENTER, BEDFORD, MA", "VA Medical Center, Bedford, MA"),
        ("Institution: GERMAN CANCER RESEARCH CENTER (DKFZ)", "German Cancer Research Center (DKFZ)"),
        ("SOMETHING ELSE", "SOMETHING ELSE"),
        ("", None),
    ],
)
def test_an_institution_is_named_as_people_name_it(published: str, readable: str | None) -> None:
    assert _institutions(published) == (readable, ())


def test_the_institution_that_holds_the_contract_is_the_recipient() -> None:
    both = "Performing Institution: DUKE UNIVERSITYContracting Institution: HENRY M. JACKSON FOUNDATION"
    assert _institutions(both) == ("Henry M. Jackson Foundation", ("Duke University",))
