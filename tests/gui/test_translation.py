"""The Chinese window says everything; nothing in the source is missing from the translation."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import PySide6
import pytest

from smsdesk.domain.findings import ViolationType
from smsdesk.gui import words
from smsdesk.resources import form, resource
from smsdesk.services.listing import label_name

TS = resource("translations", "smsdesk_zh_CN.ts")
ENGLISH = resource("translations", "smsdesk_en.ts")


def _messages(path: Path):
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name"), message


def test_nothing_is_left_untranslated():
    unfinished = [
        (context, message.findtext("source"))
        for context, message in _messages(TS)
        if message.find("translation").get("type")
        or not "".join(message.find("translation").itertext()).strip()
    ]
    assert unfinished == []


def test_placeholders_agree():
    differing = []
    for _, message in _messages(TS):
        source = message.findtext("source")
        translation = "".join(message.find("translation").itertext())
        # A pattern may leave out how wide a number is; the names must be the same.
        names = [sorted(re.findall(r"\{(\w+)|(%n)", text)) for text in (source, translation)]
        if names[0] != names[1]:
            differing.append(source)
    assert differing == []


def test_everything_counted_has_its_english_plural():
    """What the window counts is marked as counted, and both forms are there."""
    counted = {(c, m.findtext("source")): m.get("numerus") for c, m in _messages(TS)}
    assert [key for key, mark in counted.items() if "(s)" in key[1] and not mark] == []
    english = {(c, m.findtext("source")): m for c, m in _messages(ENGLISH)}
    assert english.keys() == {key for key, mark in counted.items() if mark}
    for message in english.values():
        singular, plural = (form.text for form in message.iter("numerusform"))
        assert "(s)" not in singular + plural
        named = re.findall(r"\{\w+\}", message.findtext("source"))
        assert re.findall(r"\{\w+\}", singular) == re.findall(r"\{\w+\}", plural) == named


def test_the_source_says_nothing_that_the_translation_lacks(tmp_path):
    lupdate = shutil.which("lupdate", path=str(Path(PySide6.__file__).parent))
    if lupdate is None:
        pytest.skip("this PySide6 carries no lupdate")
    fresh = tmp_path / "fresh.ts"
    folders = [str(Path(words.__file__).parent), str(form("main_window").parent)]
    # Before the folders: lupdate leaves Python out without a word otherwise.
    options = ["-extensions", "py,ui", "-locations", "none", "-silent"]
    subprocess.run([lupdate, *options, *folders, "-ts", str(fresh)], check=True)

    def said(path: Path):
        return {
            (context, m.findtext("source"), m.findtext("comment")) for context, m in _messages(path)
        }

    assert said(fresh) == said(TS)


@pytest.mark.parametrize("violation", list(ViolationType))
def test_labels_are_named_as_in_the_rule_pack(violation):
    assert words.label_name(violation) == label_name(violation)


def test_chinese_uses_chinese_punctuation():
    wrong = [
        text
        for _, message in _messages(TS)
        for text in ["".join(message.find("translation").itertext())]
        if re.search(r"[\u4e00-\u9fff][,;:!?](?!\d)", text)
    ]
    assert wrong == []
