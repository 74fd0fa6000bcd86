"""What is wrong with a value, in words for the person who gave it."""

from collections.abc import Sequence


class ValueProblem(ValueError):  # noqa: N818 - it describes input, not a failure of the program
    """A value that cannot be stored: which part of the field, the value (shortened), and what to do."""

    def __init__(self, part: str, value: object, message: str) -> None:
        shown = str(value)
        self.part, self.message = part, message
        self.value = shown if len(shown) <= 80 else shown[:77] + "..."  # noqa: PLR2004
        super().__init__(message)


class ClaimProblems(ValueError):  # noqa: N818 - see ValueProblem
    """All that is wrong with one claim."""

    def __init__(self, field: str, problems: Sequence[ValueProblem]) -> None:
        self.field, self.problems = field, tuple(problems)
        super().__init__("; ".join(problem.message for problem in problems))
