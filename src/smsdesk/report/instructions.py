"""办理说明.txt and 附件清单.txt: how to hand a pack in, what lies in it, and what does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from smsdesk.domain.cases import Original, RemovedOriginal
from smsdesk.domain.exhibits import Attachment
from smsdesk.report.channels import ChannelPage, Note
from smsdesk.report.removed import removed_lines
from smsdesk.wording import say

File = Original | Attachment
"""Both are kept byte for byte with their hashes."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file in the pack: `name` (附件03), where it lies, and what it shows.

    `shrunk`: it is a smaller copy, made because a person chose so.
    """

    name: str
    path: str
    file: File
    shows: str
    shrunk: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is not in the pack, and why, in a sentence."""

    file: File
    shows: str
    reason: str


def enclosure_list(
    enclosed: Iterable[Enclosed],
    left_out: Sequence[LeftOut],
    removed: Sequence[RemovedOriginal] = (),
) -> str:
    """Return 附件清单.txt: every file with its whole hash; *removed* are out of the case."""
    parts = ["附件清单（SHA-256 为原件的校验值，可用 certutil 或 shasum 重新计算）"]
    for one in enclosed:
        how = "\n  这是缩小的副本，原件另行保存；校验值是原件的" if one.shrunk else ""
        parts.append(
            f"{one.name}  {one.file.file_name}（{megabytes(one.file.size)}）\n"
            f"  文件：{one.path}{how}\n"
            f"  内容：{one.shows}\n  SHA-256：{one.file.sha256}"
        )
    if left_out:
        parts.append(f"以下 {len(left_out)} 件没有附上，可另行提供：")
        parts += [
            f"{one.file.file_name}（{megabytes(one.file.size)}）：{one.reason}\n"
            f"  内容：{one.shows}\n  SHA-256：{one.file.sha256}"
            for one in left_out
        ]
    if removed:
        parts.append(say("removals.note", count=len(removed)))
        parts += removed_lines(removed)
    return windows_text("\n\n".join(parts))


def instructions(page: ChannelPage, facts: Sequence[str], blanks: Sequence[str]) -> str:
    """Return 办理说明.txt: what to know, what the pack holds (*facts*), what is to be filled."""
    parts = [
        f"{page.title}：办理说明",
        "本材料包由程序整理，只陈述事实，不是法律意见；没有发送给任何人。提交前请逐项核对、签名。",
        "办理须知（"
        + page.checked
        + " 整理，以受理单位的要求为准）\n"
        + "\n".join(_lines(page.notes)),
        "本材料包\n" + "\n".join(f"- {fact}" for fact in facts),
    ]
    if blanks:
        parts.append("还需填写\n" + "\n".join(f"- {what}" for what in blanks))
    parts.append(
        "身份证复印件请自行附上，建议注明用途。收到短信的手机请勿更换、重置，短信请勿删除。"
    )
    return windows_text("\n\n".join(parts))


def _lines(notes: Iterable[Note]) -> list[str]:
    return [
        f"{number}. {note.text}" + ("（未经官方来源核实）" if note.status == "未核" else "")
        for number, note in enumerate(notes, 1)
    ]


def megabytes(size: int) -> str:
    """Return a size as people read it, 1 MB being 1,000,000 bytes."""
    return f"{size / 1e6:.2f} MB" if size >= 10_000 else f"{size / 1e3:.1f} KB"


def windows_text(text: str) -> str:
    """Return *text* with ends of lines that every editor shows as such."""
    return text.replace("\n", "\r\n") + "\r\n"
