"""Where things lie in a package, and the lists that tell it to programs and people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from smsdesk.report.package.bag import PAYLOAD

ORIGINALS = f"{PAYLOAD}/原件"
ORIGINAL_LIST = f"{PAYLOAD}/原件清单.json"
ORIGINAL_TABLE = f"{PAYLOAD}/原件清单.csv"
LOG = f"{PAYLOAD}/流转记录.json"
LOG_TEXT = f"{PAYLOAD}/流转记录.txt"
CASE_FOLDER = f"{PAYLOAD}/case"
SM3_LIST = "sm3.txt"
CHECKER = "verify.py"
NOTICE = "说明.txt"

DOCUMENT_NAMES: Mapping[str, str] = {
    ".pdf": "证据材料",
    ".docx": "证据目录",
    ".xlsx": "短信列表",
    ".json": "案件数据",
}
"""What a document of each kind is called in the package."""


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A line of the list of originals.

    `file` is the path in the package, None where the file is left out of a masked copy, or was
    taken out of the case (`remark` says which); `name` the name as imported. `sha256` and `sm3`
    are the original's, which in a masked copy are not those of the file.
    """

    number: str
    file: str | None
    name: str
    size: int
    sha256: str
    sm3: str
    captured: str
    device: str
    remark: str = ""


_HEADS = (
    "证据编号",
    "包内文件",
    "导入时的文件名",
    "原件字节数",
    "原件 SHA-256",
    "原件 SM3",
    "截图时间",
    "原始载体",
    "备注",
)


def list_json(files: Sequence[ListedFile], *, masked: bool) -> str:
    """Return the list as programs read it."""
    content = {"masked": masked, "files": [asdict(file) for file in files]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def list_csv(files: Sequence[ListedFile]) -> str:
    """Return the list as a table; with a mark by which Excel knows UTF-8."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(_HEADS)
    for file in files:
        table.writerow([_as_text(str(value or "")) for value in asdict(file).values()])
    return "\ufeff" + out.getvalue()


def _as_text(value: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
