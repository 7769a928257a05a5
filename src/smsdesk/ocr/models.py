"""The PP-OCRv6 models that ship with the program, and how they run."""

from __future__ import annotations

import hashlib
import os
from typing import Any

from smsdesk.domain.errors import EngineUnavailable
from smsdesk.resources import resource

DETECTION = "PP-OCRv6_det_small.onnx"
RECOGNITION = "PP-OCRv6_rec_small.onnx"


def check_installed() -> None:
    """Raise EngineUnavailable if the runtime cannot be loaded or a model file is missing."""
    _runtime()
    if not all(resource("models", name).is_file() for name in (DETECTION, RECOGNITION)):
        raise EngineUnavailable(engine="ppocr", reason="model_missing")


def open_session(name: str) -> Any:
    """Return an onnxruntime session of the model file *name*; it may be shared by threads.

    One thread a picture: pictures are read side by side instead, and threads of onnxruntime that
    spin while they wait made two pictures at a time slower than one after the other.
    EngineUnavailable if the file is no model.
    """
    runtime = _runtime()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    path = str(resource("models", name))
    try:
        return runtime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as damaged:  # onnxruntime has a class for each way to be wrong
        raise EngineUnavailable(engine="ppocr", reason="model_missing") from damaged


def _runtime() -> Any:
    """Import onnxruntime here, not above: it is slow to load, and may lack a system library.

    Its builds since 1.32 at least report their use over the network unless they are told not to
    before they load; the call afterwards is for the event log of Windows. smsdesk is offline.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime
    except ImportError as missing:
        raise EngineUnavailable(engine="ppocr", reason="runtime_missing") from missing
    onnxruntime.disable_telemetry_events()
    return onnxruntime


def models_sha256() -> str:
    """Return one SHA-256 for both models: that of their two SHA-256 (hex), detection first."""
    both = "".join(_file_sha256(name) for name in (DETECTION, RECOGNITION))
    return hashlib.sha256(both.encode()).hexdigest()


def _file_sha256(name: str) -> str:
    return hashlib.sha256(resource("models", name).read_bytes()).hexdigest()
