from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from smsdesk.domain.errors import PictureError, SetAsideReason
from smsdesk.services import gathering
from smsdesk.services.gathering import gather


def names(*paths: Path) -> list[str]:
    return [file.name for file in gather(paths)]


def reason(path: Path) -> SetAsideReason:
    (file,) = gather([path])
    with pytest.raises(PictureError) as caught:
        file.load()
    return caught.value.reason


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as target:
        for name, data in members.items():
            target.writestr(name, data)
    return path


def test_folders_are_walked_in_the_order_in_which_people_count(tmp_path):
    (tmp_path / "later").mkdir()
    for name in ("IMG_10.png", "IMG_9.png", "later/IMG_1.png", "Thumbs.db", "._IMG_9.png"):
        (tmp_path / name).write_bytes(b"x")
    assert names(tmp_path) == ["IMG_9.png", "IMG_10.png", "IMG_1.png"]


def test_an_archive_is_known_by_its_content_and_opened(tmp_path):
    path = archive(tmp_path / "from-wechat.bin", {"b/2.png": b"two", "a.png": b"one"})
    files = list(gather([path]))
    assert [(f.name, f.load()) for f in files] == [("a.png", b"one"), ("2.png", b"two")]
    assert files[0].source == f"{path}!/a.png"


@pytest.mark.parametrize(
    "name", ["../evil.png", "/etc/evil.png", "a/../../evil.png", "C:\\evil.png"]
)
def test_a_path_that_leaves_its_archive_is_refused(tmp_path, name):
    assert reason(archive(tmp_path / "a.zip", {name: b"x"})) == SetAsideReason.UNSAFE_PATH


def test_chinese_names_written_by_windows_are_read(tmp_path):
    path = tmp_path / "a.zip"
    archive(path, {"xxxx.png": b"x"})
    path.write_bytes(path.read_bytes().replace(b"xxxx.png", "截图".encode("gbk") + b".png"))
    assert names(path) == ["截图.png"]


def test_an_encrypted_member_is_refused(tmp_path):
    path = archive(tmp_path / "a.zip", {"a.png": b"x"})
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    path.write_bytes(bytes(data))
    assert reason(path) == SetAsideReason.ENCRYPTED


def test_a_member_that_lies_about_its_size_is_refused(tmp_path, monkeypatch):
    path = archive(tmp_path / "a.zip", {"a.png": b"x" * 100})
    monkeypatch.setattr(gathering, "MAX_FILE_BYTES", 50)
    assert reason(path) == SetAsideReason.TOO_LARGE


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(gathering.MAX_FILE_BYTES + 1)
    assert reason(path) == SetAsideReason.TOO_LARGE


def test_a_damaged_archive_is_refused(tmp_path):
    path = archive(tmp_path / "a.zip", {"a.png": b"x" * 1000})
    path.write_bytes(path.read_bytes()[:100])
    assert reason(path) == SetAsideReason.DAMAGED


def test_a_missing_file_says_so(tmp_path):
    assert reason(tmp_path / "gone.png") == SetAsideReason.MISSING


def test_a_folder_without_rights_is_listed_and_the_rest_goes_on(tmp_path, monkeypatch):
    closed = tmp_path / "closed"
    closed.mkdir()
    (tmp_path / "open.png").write_bytes(b"x")
    listed = Path.iterdir

    def refusing(self):  # the tests may run as root, whom permissions do not stop
        if self == closed:
            raise PermissionError(13, "Permission denied")
        return listed(self)

    monkeypatch.setattr(Path, "iterdir", refusing)
    first, second = gather([tmp_path])
    assert second.name == "open.png"
    with pytest.raises(PictureError) as caught:
        first.load()
    assert caught.value.reason == SetAsideReason.NO_ACCESS


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_folder_linked_into_itself_ends(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert reason(tmp_path) == SetAsideReason.UNSAFE_PATH


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_a_pipe_is_no_picture(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    assert reason(tmp_path / "pipe.png") == SetAsideReason.NOT_A_PICTURE
