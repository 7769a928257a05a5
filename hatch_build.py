"""Build step: compile the translations, and ship resources/ and ui/ inside the package."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = {"resources": "smsdesk/_resources", "ui": "smsdesk/_ui"}

# The .qm format, as Qt's own qtranslator.cpp reads it. Written here and not by Qt's lrelease,
# because that would make 80 MB of Qt, GLib and Kerberos a need of every build, even of one whose
# user wants the command line on a server only. tests/packaging compares with QTranslator.
MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
HASHES, MESSAGES, PLURALS, LANGUAGE = 0x42, 0x69, 0x88, 0xA7
END, TRANSLATION, SOURCE, CONTEXT, COMMENT = 1, 3, 6, 7, 8
PLURAL_RULES = {"zh": b"", "en": b"\x01\x01"}
"""Which number takes which form, by language: one form for all; the first where n equals 1."""


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every .ts beside its source; add the shipped folders to what is built."""
        for source in sorted(Path(self.root, "resources", "translations").glob("*.ts")):
            source.with_suffix(".qm").write_bytes(compile_translation(source))
        if version != "editable":  # an editable install reads the checkout itself
            build_data["force_include"].update(SHIPPED)


def compile_translation(source: Path) -> bytes:
    """Return the .qm content of the Qt Linguist file *source*."""
    root = ElementTree.parse(source).getroot()  # noqa: S314 - our own file
    index: list[tuple[int, int]] = []
    messages = b""
    for context, message in _finished(root):
        key = _text(message, "source") + _text(message, "comment")
        index.append((elf_hash(key), len(messages)))
        messages += _record(context, message)
    hashes = b"".join(struct.pack(">II", *entry) for entry in sorted(index))
    language = root.get("language", "")
    rules = _plural_rules(root, language)
    parts = ((LANGUAGE, language.encode()), (HASHES, hashes), (MESSAGES, messages))
    return MAGIC + b"".join(_field(tag, content) for tag, content in (*parts, (PLURALS, rules)))


def _plural_rules(root: Element, language: str) -> bytes:
    """Return a language's rules; refuse a file with other numbers of forms than they tell apart."""
    rules = PLURAL_RULES.get(language.partition("_")[0], b"")
    forms = 2 if rules else 1
    for message in root.iter("message"):
        if len(message.findall("translation/numerusform")) not in (0, forms):
            raise ValueError(f"{language} has {forms} plural form(s): see PLURAL_RULES")
    return rules


def elf_hash(key: bytes) -> int:
    """Return the hash by which QTranslator looks a message up."""
    value = 0
    for byte in key.partition(b"\0")[0]:
        value = ((value << 4) + byte) & 0xFFFFFFFF
        high = value & 0xF0000000
        value = (value ^ high >> 24) & ~high
    return value or 1


def _finished(root: Element) -> Iterator[tuple[bytes, Element]]:
    """Yield each message that is in use and translated, with the name of its context."""
    for context in root.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            gone = translation is None or translation.get("type") in ("vanished", "obsolete")
            if not gone and any(_forms(message)):
                yield _text(context, "name"), message


def _forms(message: Element) -> list[str]:
    """Return the translation, of what is counted in each form that the language has."""
    forms = [form.text or "" for form in message.findall("translation/numerusform")]
    return forms or [message.findtext("translation", "")]


def _record(context: bytes, message: Element) -> bytes:
    fields = [(TRANSLATION, form.encode("utf-16-be")) for form in _forms(message)]
    fields += [(COMMENT, _text(message, "comment")), (SOURCE, _text(message, "source"))]
    fields += [(CONTEXT, context)]
    return b"".join(_field(tag, content) for tag, content in fields) + bytes([END])


def _field(tag: int, content: bytes) -> bytes:
    return struct.pack(">BI", tag, len(content)) + content


def _text(element: Element, tag: str) -> bytes:
    return element.findtext(tag, "").encode()
