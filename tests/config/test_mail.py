import pytest
from django.core.exceptions import ImproperlyConfigured

from infracommons.config.mail import BY_SMTP, INTO_FILES, Server, server


def test_without_a_setting_mail_goes_into_files() -> None:
    assert server("") == Server()
    assert server("").backend == INTO_FILES


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", Server("mail.example.org", 25)),
        ("smtp+tls://mail.example.org", Server("mail.example.org", 587, use_tls=True)),
        (
            "smtp+tls://ada%40example.org:p%2Fw@mail.example.org:2525",
            Server("mail.example.org", 2525, "ada@example.org", "p/w", use_tls=True),
        ),
        ("smtp+ssl://user:word@[::1]", Server("::1", 465, "user", "word", use_ssl=True)),
    ],
)
def test_an_address_names_the_server(url: str, expected: Server) -> None:
    assert server(url) == expected
    assert server(url).backend == BY_SMTP


@pytest.mark.parametrize(
    "url", ["mail.example.org", "http://user:word@h", "smtp://", "smtp://user:word@h:x", "smtp://user:word@h:99999"]
)
def test_an_address_of_another_form_is_an_error_that_keeps_the_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL must begin with") as caught:
        server(url)
    assert "user:word@h:x" not in str(caught.value)
    assert "99999" not in str(caught.value)
