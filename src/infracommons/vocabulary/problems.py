"""What is said of input that cannot be used: which field, which value, what is wrong with it."""


class FieldProblem(ValueError):  # noqa: N818 - it describes a record that is set aside, not a failure of the program
    """One field of one record cannot be read; the record is set aside under `reason_code` and the run goes on."""

    def __init__(self, reason_code: str, field: str, value: object, detail: str) -> None:
        shown = repr(value) if len(repr(value)) <= 80 else repr(value)[:77] + "...'"  # noqa: PLR2004
        super().__init__(f"{field}: {shown}: {detail}")
        self.reason_code = reason_code


class NotWrittenError(RuntimeError):
    """A file cannot be written, as on a full disk; nothing of it was kept. Exit status 1."""


class UnusableInputError(ValueError):
    """A file or folder cannot be used at all; the message says which, where and what to do. Exit status 2."""
