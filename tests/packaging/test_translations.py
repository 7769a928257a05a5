"""Our .qm compiler says what Qt's own reader makes of it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QTranslator

from hatch_build import compile_translation
from smsdesk.resources import resource

SAMPLE = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context><name>MainWindow</name>
<message><source>Open &amp;case…</source><translation>打开案件(&amp;O)…</translation></message>
<message><source>Open</source><translation>打开</translation></message>
<message><source>Open</source><comment>state</comment><translation>已打开</translation></message>
<message numerus="yes"><source>%n message(s)</source>
<translation><numerusform>%n 条短信</numerusform></translation></message>
<message><source>Later</source><translation type="unfinished"></translation></message>
<message><source>Old</source><translation type="vanished">旧</translation></message>
</context>
<context><name>Other</name>
<message><source>Open</source><translation>开</translation></message>
<message><source>A sentence so long — ünd with lëtters — that its hash has wrapped around</source>
<translation>長😀</translation></message>
</context>
</TS>
"""


@pytest.fixture
def read_by_qt(tmp_path):
    """Give a function that compiles a .ts and loads the outcome with Qt."""

    def load(source: Path) -> QTranslator:
        compiled = tmp_path / "compiled.qm"
        compiled.write_bytes(compile_translation(source))
        translator = QTranslator()
        assert translator.load(str(compiled))
        return translator

    return load


@pytest.fixture
def sample(tmp_path) -> Path:
    path = tmp_path / "sample_zh_CN.ts"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("context", "source", "comment", "n", "expected"),
    [
        ("MainWindow", "Open &case…", "", -1, "打开案件(&O)…"),
        ("MainWindow", "Open", "", -1, "打开"),
        ("MainWindow", "Open", "state", -1, "已打开"),
        ("MainWindow", "Open", "another", -1, "打开"),
        ("Other", "Open", "", -1, "开"),
        ("MainWindow", "%n message(s)", "", 3, "%n 条短信"),
        ("MainWindow", "Later", "", -1, ""),
        ("MainWindow", "Old", "", -1, ""),
        ("Nobody", "Open", "", -1, ""),
    ],
)
def test_qt_finds_each_message(read_by_qt, sample, context, source, comment, n, expected):
    assert read_by_qt(sample).translate(context, source, comment, n) == expected


ENGLISH = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context><name>MainWindow</name>
<message numerus="yes"><source>%n message(s)</source>
<translation><numerusform>%n message</numerusform>
<numerusform>%n messages</numerusform></translation>
</message>
</context>
</TS>
"""


@pytest.mark.parametrize(("n", "form"), [(0, "messages"), (1, "message"), (2, "messages")])
def test_qt_chooses_the_plural(read_by_qt, tmp_path, n, form):
    source = tmp_path / "sample_en.ts"
    source.write_text(ENGLISH, encoding="utf-8")
    assert read_by_qt(source).translate("MainWindow", "%n message(s)", "", n) == f"%n {form}"


def test_qt_finds_long_and_rare_letters(read_by_qt, sample):
    source = "A sentence so long — ünd with lëtters — that its hash has wrapped around"
    assert read_by_qt(sample).translate("Other", source) == "長😀"
    assert read_by_qt(sample).language() == "zh_CN"


def test_several_plural_forms_are_refused_and_not_lost(sample):
    form = "<numerusform>%n 条短信</numerusform>"
    sample.write_text(SAMPLE.replace(form, form * 2), encoding="utf-8")
    with pytest.raises(ValueError, match="plural"):
        compile_translation(sample)


OURS = sorted(resource("translations").glob("*.ts"))


@pytest.mark.parametrize("source", OURS, ids=lambda path: path.name)
def test_qt_finds_all_of_ours(read_by_qt, source):
    translator = read_by_qt(source)
    differing = []
    for context in ElementTree.parse(source).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation.get("type") in ("vanished", "obsolete"):
                continue
            first = translation.find("numerusform")
            expected = "".join((translation if first is None else first).itertext()).strip("\n ")
            key = [context.findtext("name"), *map(message.findtext, ("source", "comment"))]
            got = translator.translate(key[0], key[1], key[2] or "", 1)
            if got.strip("\n ") != expected:
                differing.append((key, got))
    assert differing == []
