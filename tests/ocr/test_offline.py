"""The engine's runtime would report its use to its maker; smsdesk does not let it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PIL import Image

from smsdesk.resources import resource
from tests.ocr.paper import laid, printed

_READ = """
import sys
from smsdesk.ocr.loading import load_picture
from smsdesk.ocr.registry import engine
picture = load_picture(open(sys.argv[1], "rb").read())
assert engine("ppocr").read(picture.image).lines
"""
_NO_NETWORK = """
import socket
def refuse(*_):
    raise AssertionError("something wants to reach a network")
socket.socket.connect = socket.getaddrinfo = refuse
"""


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_reading_leaves_no_device_id_and_no_reports_to_send(tmp_path, kind):
    """What collects reports keeps them in the user's folders until they are sent."""
    picture = resource("samples", "IMG_0412.PNG")
    if kind == "pdf":
        picture = tmp_path.with_suffix(".pdf")
        with Image.open(resource("samples", "IMG_0412.PNG")) as image:
            picture.write_bytes(printed(laid(image.convert("RGB")), size=(585, 1266)))
    homes = ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "XDG_CACHE_HOME")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ORT_")}
    environment |= dict.fromkeys(homes, str(tmp_path))
    code = _NO_NETWORK + _READ
    subprocess.run([sys.executable, "-c", code, str(picture)], env=environment, check=True)
    assert list(tmp_path.rglob("*")) == []
