"""Keeps mail in files where no server is configured, so that everything can be tried on a fresh machine."""

import logging
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

_log = logging.getLogger(__name__)


class IntoFiles(EmailBackend):
    """Writes each mail into the folder of EMAIL_FILE_PATH and says so; addresses and texts stay out of the log."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails and return how many."""
        written = super().send_messages(email_messages) or 0
        _log.warning("%d mail(s) kept in %s: set EMAIL_URL to send them", written, settings.EMAIL_FILE_PATH)
        return written
