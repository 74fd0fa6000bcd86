"""Pictures are decoded under limits and written anew; what is none, or too much of one, leaves nothing behind."""

import hashlib
import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.contribute.logos import logo_path, store_logo
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.models import Infrastructure, Proposal


def picture(form: str = "PNG", size: tuple[int, int] = (800, 400), **options: Any) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "green").save(written, form, **options)
    return written.getvalue()


def huge() -> bytes:
    """Return a PNG of some hundred bytes that says it has 10 gigapixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
FAKES = {
    "no picture at all": b"just text",
    "an SVG": SVG,
    "a page": b"<html><script>alert(1)</script></html>",
    "the head of a PNG": picture()[:60],
    "a PNG cut in half": picture(size=(900, 900))[:1200],
    "a PNG of 10 gigapixels": huge(),
    "a BMP": picture("BMP", (10, 10)),
    "a TIFF": picture("TIFF", (10, 10)),
    "nothing": b"",
}


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_stored_small_and_as_png_under_the_checksum_of_its_bytes(form: str) -> None:
    stored = store_logo(io.BytesIO(picture(form)), "logo")
    data = logo_path(stored["sha256"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == stored["sha256"]
    with Image.open(io.BytesIO(data)) as opened:
        assert (opened.format, opened.size) == ("PNG", (512, 256))
    assert (stored["width"], stored["height"]) == (512, 256)


def test_what_is_hidden_in_a_picture_is_not_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home by ada@example.org"
    evil = picture("JPEG", exif=exif, comment=b"<script>alert(1)</script>") + b"<script>alert(2)</script>"
    data = logo_path(store_logo(io.BytesIO(evil), "logo")["sha256"]).read_bytes()
    assert b"script" not in data
    assert b"ada@example.org" not in data


def test_a_picture_that_moves_becomes_its_first_frame() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    with Image.open(logo_path(store_logo(io.BytesIO(written.getvalue()), "logo")["sha256"])) as opened:
        assert getattr(opened, "n_frames", 1) == 1
        assert opened.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize("fake", FAKES)
def test_what_is_no_usable_picture_is_refused_and_leaves_nothing(fake: str, settings: Any) -> None:
    with pytest.raises(ValueProblem):
        store_logo(io.BytesIO(FAKES[fake]), "logo.png")
    assert not Path(settings.INFRACOMMONS_MEDIA).exists()


@pytest.fixture
def page(client: Client, rich: Infrastructure, steward_of: Callable[..., User], path_of: Callable[..., str]) -> str:
    client.force_login(steward_of(rich))
    return path_of(rich, "propose/logo/")


def upload(data: bytes, name: str = "logo.png") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, data, "image/png"), "alt": "A green box"}


@pytest.mark.django_db
def test_a_given_picture_joins_the_draft_and_is_served_so_that_nothing_in_it_can_run(client: Client, page: str) -> None:
    answer = client.post(page, upload(picture()))
    assert answer.headers["Location"].endswith("/propose/#f-logo")
    typed = Proposal.objects.get().typed["logo"]
    assert (typed["width"], typed["alt"]) == ("512", "A green box")
    served = client.get(f"/logos/{typed['sha256']}.png")
    assert hashlib.sha256(served.getvalue()).hexdigest() == typed["sha256"]
    assert served.headers["Content-Type"] == "image/png"
    assert "immutable" in served.headers["Cache-Control"]
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert served.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    shown = client.get(page.removesuffix("logo/")).content.decode()
    assert f"/logos/{typed['sha256']}.png" in shown


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"alt": "A box"}, "Choose a picture first"),
        (upload(SVG, "logo.svg"), "not a picture we can read"),
        (upload(huge()), "25 megapixels"),
        (upload(picture() + b"\0" * (5 * 1024 * 1024)), "more than 5 MB"),
        ({**upload(picture()), "alt": " "}, "Say in words"),
        ({**upload(picture()), "alt": "x" * 10_000}, "10,000 characters"),
    ],
)
def test_a_bad_upload_is_told_why_and_stores_nothing(
    client: Client, page: str, sent: dict[str, Any], said: str, settings: Any
) -> None:
    answer = client.post(page, sent)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Proposal.objects.exists()
    assert not Path(settings.INFRACOMMONS_MEDIA).exists()


@pytest.mark.django_db
def test_an_upload_of_30_megabytes_is_refused_unread(client: Client, page: str, settings: Any) -> None:
    answer = client.post(page, upload(b"\0" * (30 * 1024 * 1024)))
    assert answer.status_code == 413
    assert "5 MB" in answer.content.decode()
    assert not Path(settings.INFRACOMMONS_MEDIA).exists()


@pytest.mark.django_db
def test_a_picture_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(f"/logos/{'0' * 64}.png").status_code == 404
    assert client.get("/logos/..%2f..%2fapp.sqlite3.png").status_code == 404


@pytest.mark.parametrize("name", ["x", "../../etc/passwd", "9" * 400, "A" * 64])
def test_a_form_that_names_no_picture_leaves_the_draft_open_to_its_team(
    client: Client, rich: Infrastructure, steward_of: Callable[..., User], path_of: Callable[..., str], name: str
) -> None:
    client.force_login(steward_of(rich))
    page = path_of(rich, "propose/?section=all")
    sent = {"logo.sha256": name, "logo.alt": "A leaf", "logo.base": "", "revision": "0"}
    assert client.post(page, sent).status_code == 302
    assert client.get(page).status_code == 200
    assert Proposal.objects.get().typed["logo"]["sha256"] == ""
