from __future__ import annotations

import datetime as dt
import os

import pytest
from PIL import Image

from smsdesk.domain.times import CHINA
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.services.surveying import survey

COPIED = dt.datetime(2026, 11, 20, 9, 30, 12, tzinfo=CHINA)


def _pictures(folder, names, at=COPIED):
    for place, name in enumerate(names):
        path = folder / name
        Image.new("RGB", (8, 8 + place)).save(path)
        os.utime(path, (at.timestamp() + place, at.timestamp() + place))


def test_files_of_one_minute_were_probably_copied(tmp_path):
    _pictures(tmp_path, ["a.png", "b.png", "c.png"])
    found = survey([tmp_path], Task())
    assert (found.files, found.undated, found.sharing) == (3, 3, 3)
    assert found.shared_time == COPIED.replace(second=0)


@pytest.mark.parametrize(
    "names", [["a.png", "b.png"], [f"Screenshot_20251019-2341{n:02}.png" for n in range(5)]]
)
def test_few_files_or_named_moments_give_no_hint(tmp_path, names):
    _pictures(tmp_path, names)
    assert survey([tmp_path], Task()).shared_time is None


def test_pictures_with_exif_tell_their_moment(picture):
    assert survey([picture], Task()).undated == 0


def test_broken_files_are_left_to_the_import(tmp_path):
    (tmp_path / "a.png").write_bytes(b"no picture")
    found = survey([tmp_path, tmp_path / "missing"], Task())
    assert (found.files, found.undated) == (2, 0)


def test_a_survey_can_be_stopped(tmp_path):
    _pictures(tmp_path, ["a.png"])
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        survey([tmp_path], task)
