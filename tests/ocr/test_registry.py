from __future__ import annotations

import subprocess
import sys

import pytest

from smsdesk.domain.errors import EngineUnavailable, WrongUse
from smsdesk.ocr import models, registry
from smsdesk.ocr.ppocr import PpocrEngine
from smsdesk.ocr.registry import ENGINES, available, engine
from smsdesk.wording import explain


def test_the_default_comes_first_and_is_one_object():
    assert ENGINES[0] == "ppocr"
    assert engine() is engine()
    assert engine().identity.name == "ppocr"


def test_every_engine_says_whether_it_can_run():
    states = available()
    assert [state.name for state in states] == list(ENGINES)
    assert states[0].available
    for state in states:
        assert state.available == (state.reason is None)


def test_an_unknown_engine_is_wrong_use():
    with pytest.raises(WrongUse) as caught:
        engine("paper")
    assert "tesseract" in explain(caught.value)


def test_a_missing_tesseract_is_a_state_and_not_a_failure(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    registry.engine.cache_clear()
    states = {state.name: state for state in available()}
    registry.engine.cache_clear()
    assert states["ppocr"].available
    assert not states["tesseract"].available
    assert states["tesseract"].reason == "tesseract_missing"


def test_a_missing_model_is_said_plainly(monkeypatch, tmp_path):
    monkeypatch.setattr(models, "resource", tmp_path.joinpath)
    with pytest.raises(EngineUnavailable) as caught:
        PpocrEngine()
    assert "模型文件" in explain(caught.value)


def test_a_damaged_model_is_said_plainly(monkeypatch, tmp_path):
    monkeypatch.setattr(models, "resource", tmp_path.joinpath)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / models.DETECTION).write_bytes(b"not a model")
    with pytest.raises(EngineUnavailable) as caught:
        models.open_session(models.DETECTION)
    assert caught.value.fields["reason"] == "model_missing"


def test_a_runtime_that_does_not_load_is_said_plainly(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)  # makes its import fail
    with pytest.raises(EngineUnavailable) as caught:
        PpocrEngine()
    assert "onnxruntime" in explain(caught.value)


def test_naming_the_engines_loads_none_of_them():
    code = (
        "import sys, smsdesk.ocr.registry, smsdesk.ocr.ppocr, smsdesk.ocr.tesseract;"
        "print([m for m in ('onnxruntime', 'pytesseract', 'pi_heif') if m in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
