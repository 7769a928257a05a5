"""The engine's runtime would report its use to its maker; smsdesk does not let it."""

from __future__ import annotations

import os
import subprocess
import sys

from smsdesk.resources import resource

_READ = """
import sys
from smsdesk.ocr.loading import load_picture
from smsdesk.ocr.registry import engine
picture = load_picture(open(sys.argv[1], "rb").read())
assert engine("ppocr").read(picture.image).lines
"""


def test_reading_leaves_no_device_id_and_no_reports_to_send(tmp_path):
    """What collects reports keeps them in the user's folders until they are sent."""
    homes = ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "XDG_CACHE_HOME")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ORT_")}
    environment |= dict.fromkeys(homes, str(tmp_path))
    picture = str(resource("samples", "IMG_0412.PNG"))
    subprocess.run([sys.executable, "-c", _READ, picture], env=environment, check=True)
    assert list(tmp_path.rglob("*")) == []
