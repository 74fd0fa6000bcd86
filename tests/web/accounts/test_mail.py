from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage

from infracommons.config.mail import INTO_FILES
from infracommons.web.accounts.mail import IntoFiles


def test_without_a_server_mail_is_kept_in_files_and_the_log_says_where_but_not_whose(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = INTO_FILES, tmp_path / "mail"
    assert EmailMessage("Hello", "the text", "us@example.org", ["ada@example.org"]).send() == 1
    (kept,) = (tmp_path / "mail").iterdir()
    assert "To: ada@example.org" in kept.read_text(encoding="utf-8")
    assert f"1 mail(s) kept in {tmp_path / 'mail'}: set EMAIL_URL to send them" in caplog.text
    assert "example.org" not in caplog.text
    assert "the text" not in caplog.text


def test_the_site_without_settings_sends_no_mail_anywhere() -> None:
    from infracommons.config import settings as plain  # noqa: PLC0415 - as the file has it, before tests change it

    assert f"{IntoFiles.__module__}.{IntoFiles.__name__}" == plain.EMAIL_BACKEND
