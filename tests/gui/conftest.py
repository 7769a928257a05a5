"""The window without a screen, with settings of its own, in Chinese as people see it."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import datetime as dt
import time

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from hatch_build import compile_translation
from smsdesk.domain.findings import (
    Finding,
    FindingState,
    PackIdentity,
    Proposal,
    Recipient,
    ViolationType,
)
from smsdesk.domain.geometry import Box
from smsdesk.domain.messages import Continuity, Message, ReviewState, Sighting
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.screens import Direction, LabelScope
from smsdesk.domain.times import CHINA, SentTime, TimeBasis
from smsdesk.gui.app import build_window
from smsdesk.gui.language import install_language
from smsdesk.gui.settings import WindowSettings
from smsdesk.gui.theme import Look, Theme
from smsdesk.ocr.registry import engine
from smsdesk.resources import resource
from smsdesk.services.readers import ThreadReader

NOON = dt.datetime(2025, 12, 18, 12, 0, tzinfo=CHINA)
PACK = PackIdentity("2026-11", "f" * 64)


@pytest.fixture(scope="session", autouse=True)
def chinese(qapp, tmp_path_factory):
    """Install the translation as it stands in the .ts, compiled or not."""
    compiled = tmp_path_factory.mktemp("language") / "smsdesk_zh_CN.qm"
    compiled.write_bytes(compile_translation(resource("translations", "smsdesk_zh_CN.ts")))
    assert install_language(qapp, "zh", compiled)


@pytest.fixture
def settings(tmp_path) -> WindowSettings:
    """Settings that no other test and no person sees."""
    return WindowSettings(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def theme(qapp) -> Theme:
    """The light look."""
    return Theme(qapp, Look.LIGHT)


@pytest.fixture
def reader():
    """Reads in threads: processes would take seconds to start in every test."""
    return ThreadReader(engine())


@pytest.fixture
def window(qtbot, qapp, settings, reader):
    """The window as the program builds it; closed, with all its threads, after the test."""
    made = build_window(qapp, settings, reader)
    qtbot.addWidget(made, before_close_func=_let_work_end)
    made.resize(1280, 800)
    made.show()
    return made


def _let_work_end(window) -> None:
    """Close as a person does: pytest-qt deletes the window even if it must finish a step first."""
    end = time.monotonic() + 60
    window.close()
    while window.isVisible() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)


def message(number: int, **fields) -> Message:
    """Return a message; *fields* replace what it has."""
    text = fields.pop("text", f"第{number}条：再不还款，明天就去你孩子幼儿园门口。")
    sent_at = NOON + dt.timedelta(hours=number)
    sent = fields.pop("sent", SentTime(sent_at, sent_at, TimeBasis.READ, "昨天 12:00"))
    sender = fields.pop("sender", parse_sender("+86 171 0123 6805"))
    sighting = Sighting(
        id=number,
        original_id=1,
        position=0,
        box=Box(40, 400, 800, 520),
        direction=Direction.IN,
        text=text,
        raw_text=text,
        confidence=0.98,
        doubtful=(),
        clipped=False,
        snippet=False,
        sender=sender,
        sent=sent,
        label_scope=LabelScope.OWN,
    )
    values = {
        "id": number,
        "thread_id": 1,
        "sender": sender,
        "direction": Direction.IN,
        "recipient": Recipient.SELF,
        "machine_text": text,
        "corrected_text": None,
        "doubtful": (),
        "sent": sent,
        "state": ReviewState.NEW,
        "starred": False,
        "note": "",
        "before": Continuity.CONTINUOUS,
        "sightings": (sighting,),
        "findings": (),
    }
    return Message(**(values | fields))


def finding(number: int, message_id: int, state=FindingState.PROPOSED, **fields) -> Finding:
    """Return a finding of a message; *fields* replace what its proposal has."""
    values = {
        "violation": ViolationType.MINOR_THREAT,
        "rule": f"rule-{number}",
        "spans": ((4, 8),),
        "reason": "短信以未成年子女相威胁。",
        "provisions": (),
    }
    return Finding(number, message_id, Proposal(**(values | fields)), state, PACK)
