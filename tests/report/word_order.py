"""Whether the elements of a Word file stand in the order that Word insists on.

LibreOffice and python-docx read them in any order; Word calls the file damaged. The sequences are
those of ECMA-376, part 1, 17.3.1.26 (pPr), 17.3.2.28 (rPr), 17.4.60 (tblPr), 17.4.70 (tcPr).
"""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SEQUENCES = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers"
        " pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE"
        " autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents"
        " suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle"
        " rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint"
        " noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u"
        " effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc"
        " tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption"
        " tblDescription"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText"
        " vAlign hideMark"
    ),
    "tbl": "tblPr tblGrid tr",
}


def out_of_order(data: bytes) -> list[tuple[str, list[str]]]:
    """Return the elements, with their children, that Word would refuse."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = [n for n in file.namelist() if n.startswith("word/") and n.endswith(".xml")]
        trees = [ElementTree.fromstring(file.read(name)) for name in parts]
    return [
        (_name(element), children)
        for tree in trees
        for element in tree.iter()
        if (children := [_name(child) for child in element])
        and not _in_order(SEQUENCES.get(_name(element)), children)
    ]


def _name(element: ElementTree.Element) -> str:
    return element.tag.removeprefix(WORD)


def _in_order(sequence: str | None, children: list[str]) -> bool:
    if sequence is None:
        return True
    order = sequence.split()
    return set(children) <= set(order) and children == sorted(children, key=order.index)
