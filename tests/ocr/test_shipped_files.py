from __future__ import annotations

import hashlib
import re

import pytest

from smsdesk.resources import resource

ROW = re.compile(r"^\| `(?P<name>[^`]+)` \|.*\| `(?P<sha256>[0-9a-f]{64})` \|$", re.MULTILINE)


@pytest.mark.parametrize(("folder", "kind"), [("models", "*.onnx"), ("fonts", "*.ttf")])
def test_models_and_fonts_are_those_of_the_table(folder, kind):
    table = dict(ROW.findall(resource(folder, "README.md").read_text("utf-8")))
    files = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in resource(folder).glob(kind)
    }
    assert files
    assert table == files


def test_their_licences_lie_beside_them():
    for name in ("models/LICENSE", "fonts/NotoSansSC-OFL.txt", "fonts/NotoEmoji-OFL.txt"):
        assert resource(*name.split("/")).stat().st_size > 1000
