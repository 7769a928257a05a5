"""The PP-OCRv6 models that ship with the program, and how they run."""

from __future__ import annotations

import hashlib
from typing import Any

from smsdesk.resources import resource

DETECTION = "PP-OCRv6_det_small.onnx"
RECOGNITION = "PP-OCRv6_rec_small.onnx"


def open_session(name: str) -> Any:
    """Return an onnxruntime session of the model file *name*; it may be shared by threads.

    One thread a picture: pictures are read side by side instead, and threads of onnxruntime that
    spin while they wait made two pictures at a time slower than one after the other.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    path = str(resource("models", name))
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def models_sha256() -> str:
    """Return one SHA-256 for both models: that of their two SHA-256 (hex), detection first."""
    both = "".join(_file_sha256(name) for name in (DETECTION, RECOGNITION))
    return hashlib.sha256(both.encode()).hexdigest()


def _file_sha256(name: str) -> str:
    return hashlib.sha256(resource("models", name).read_bytes()).hexdigest()
