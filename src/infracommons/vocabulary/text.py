"""How text is cleaned, so that markup, entities and Unicode forms neither hide a mention nor reach a reader."""

import html
import re
import unicodedata

import ftfy

_TAG = re.compile(r"<[!/?]?[a-zA-Z][^<>]{0,300}>|<!--.{0,500}?-->", re.DOTALL)
_MOJIBAKE = re.compile("Ã[\x80-\xbf]|â€|Â[\x80-\xbf]")
_NOT_SHOWN = re.compile("[\x00-\x08\x0e-\x1b]")  # no text has them, and no spreadsheet or page takes them
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # JSON may escape one alone; no file can be written with it
_NOT_WORD = re.compile(r"[^\w]+|_+")
_LEADING_ARTICLE = re.compile(r"^the ")
# Quotes and dashes that publishers' editors put in; signs that NFKC would glue to a name as letters ("VuFindTM");
# characters that show nothing.
_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u2122\u00ae\u00a9\u2120\u2022\u00b7", " "),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    **dict.fromkeys(map(chr, range(0x7F, 0xA0)), ""),
}
_ODD = re.compile(f"[{''.join(map(re.escape, _PLAIN))}]")
_MOST_UNESCAPES = 3  # NSF escapes entities twice; three rounds end every case seen


def clean(text: str) -> str:
    r"""Return readable plain text: no markup or entities, composed characters, plain quotes and dashes, single blanks.

    >>> clean("Open&amp;nbsp;Science<br/>Framework\u2122 \u2013 a test")
    'Open Science Framework - a test'
    """
    for _ in range(_MOST_UNESCAPES):
        if "&" not in text:
            break
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if not text.isascii():
        if _MOJIBAKE.search(text):
            text = ftfy.fix_encoding(text)
        text = unicodedata.normalize("NFKC", _ODD.sub(lambda odd: _PLAIN[odd[0]], text))
    plain = " ".join(text.split())
    if plain.isprintable():
        return plain
    return " ".join(_HALF_CHARACTER.sub("\ufffd", _NOT_SHOWN.sub("", plain)).split())


def normal_name(name: str) -> str:
    """Return a name in the form in which names are compared: no accents, case, punctuation or leading article.

    >>> normal_name("The  Université de Montréal, Inc.")
    'universite de montreal inc'
    """
    folded = name if name.isascii() else _without_accents(name)
    return _LEADING_ARTICLE.sub("", _NOT_WORD.sub(" ", folded.casefold().replace("&", " and ")).strip())


def _without_accents(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
