"""Writes one cell of the table in HTML: a comparison has up to a thousand, too many for a template each."""

from html import escape

from django.utils.safestring import SafeString, mark_safe

from infracommons.web.catalogue.compare.cells import EMPTY, Cell, Piece


def cell_markup(cell: Cell) -> SafeString:
    """Return what stands in the cell; all that claims say is escaped."""
    return _NOTHING if cell is EMPTY else mark_safe("".join(_parts(cell)))  # noqa: S308 - each part is escaped below


def _parts(cell: Cell) -> list[str]:
    parts = [f'<span class="state state-{cell.look}">{escape(cell.status)}</span>'] if cell.status else []
    if len(cell.pieces) == 1:
        parts.append(f"<p>{_piece(cell.pieces[0])}</p>")
    elif cell.pieces:
        parts.append(f"<ul>{''.join(f'<li>{_piece(piece)}</li>' for piece in cell.pieces)}</ul>")
    if cell.because:
        parts.append(f"<p>{escape(cell.because)}</p>")
    if cell.note:
        parts.append(f"<p>Note: {escape(cell.note)}</p>")
    if cell.evidence:
        links = ", ".join(map(_evidence, cell.evidence))
        parts.append(f"<small>Evidence: {links}</small>")
    if cell.checked:
        parts.append(f"<small>{escape(cell.checked)}</small>")
    return parts


def _piece(piece: Piece) -> str:
    return f'<a href="{escape(piece.href)}">{escape(piece.text)}</a>' if piece.href else escape(piece.text)


def _evidence(link: Piece) -> str:
    return (
        f'<a href="{escape(link.href)}" rel="external nofollow">{escape(link.text)}</a>'
        if link.href
        else escape(link.text)
    )


_NOTHING = mark_safe("".join(_parts(EMPTY)))  # noqa: S308 - see above
