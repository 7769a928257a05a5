"""Text as XML of a Word file holds it, and the gaps in it that a person has to fill."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

BLANK = re.compile(r"【请填写：([^【】]*)】")
"""A gap; never looked for in the words of a message."""

_CONTROL = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"} | {0x7F: 0x2421}
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def blank(what: str) -> str:
    """Return the gap for *what*: 【请填写：what】."""
    return f"【请填写：{what}】"


def printable(text: str) -> str:
    """Return *text* with what XML cannot hold made visible: ␀ for a NUL, \ufffd for no character.

    Ends of lines of all systems become a line feed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub("\ufffd", text.translate(_CONTROL))


def runs(text: str, face: str = "", *, size: str = "", gaps: bool = True) -> str:
    """Return the XML of runs that hold one line of *text*; gaps are bold on a grey ground.

    *face* and *size* are the XML of run properties before and after the ground, as Word wants it.
    """
    if not gaps:
        return _run(text, face + size)
    parts = []
    done = 0
    for found in BLANK.finditer(text):
        parts.append(_run(text[done : found.start()], face + size))
        parts.append(
            _run(found.group(), f"{face}{'' if '<w:b/>' in face else '<w:b/>'}{size}{_GREY}")
        )
        done = found.end()
    return "".join([*parts, _run(text[done:], face + size)])


_GREY = '<w:shd w:val="clear" w:color="auto" w:fill="D9D9D9"/>'


def _run(text: str, properties: str) -> str:
    if not text:
        return ""
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{wrapped}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
