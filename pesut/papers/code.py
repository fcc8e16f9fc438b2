"""The code by which a telephone finds the way back from paper."""

from io import BytesIO

import segno

QUIET = 2  # modules of white around it, beside the margin of the page
DOTS = 6  # pixels of a module in a bitmap
ALTERNATIVE = "Kode QR yang menuju ke keputusan ini"


def as_svg(address: str) -> str:
    out = BytesIO()
    segno.make_qr(address, error="m").save(out, kind="svg", border=QUIET, xmldecl=False, nl=False)
    return out.getvalue().decode()


def as_png(address: str) -> bytes:
    """Without compression, whose bytes differ from one library to the next."""
    out = BytesIO()
    segno.make_qr(address, error="m").save(out, kind="png", border=QUIET, scale=DOTS, compresslevel=0)
    return out.getvalue()
