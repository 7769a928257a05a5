from __future__ import annotations

import pytest

from smsdesk.cli.app import run


@pytest.fixture
def package(tmp_path):
    case = tmp_path / "a.smscase"
    assert run(["new", str(case), "--title", "测试"]) == 0
    assert run(["export", str(case), str(tmp_path / "a.zip")]) == 0
    return tmp_path / "a.zip"


def test_a_package_is_made_checked_and_unpacked(package, tmp_path, capsys):
    assert run(["verify", str(package)]) == 0
    assert "完好" in capsys.readouterr().out
    new = tmp_path / "b.smscase"
    assert run(["unpack", str(package), str(new)]) == 0
    assert capsys.readouterr().out.splitlines() == [str(new)]
    assert run(["verify", str(new)]) == 0
    assert run(["unpack", str(package), str(new)]) == 2


def test_a_damaged_package_is_named_in_both_languages(package, tmp_path, capsys):
    data = package.read_bytes()
    package.write_bytes(data[:200] + bytes([data[200] ^ 1]) + data[201:])
    for language in ("zh", "en"):
        assert run(["--lang", language, "unpack", str(package), str(tmp_path / "b.smscase")]) == 3
        assert "a.zip" in capsys.readouterr().err


def test_a_file_put_into_a_package_is_named(package, capsys):
    import zipfile

    with zipfile.ZipFile(package, "a") as archive:
        archive.writestr("a/data/surplus.txt", "x")
    assert run(["verify", str(package)]) == 4
    out = capsys.readouterr().out
    assert "data/surplus.txt" in out
    assert "不一致" in out


def test_an_unpacked_package_is_verified_and_unpacked_as_the_zip_is(package, tmp_path, capsys):
    import zipfile

    folder = tmp_path / "交来"
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    assert run(["verify", str(folder)]) == 0
    assert run(["unpack", str(folder), str(tmp_path / "b.smscase")]) == 0
    (folder / "a" / "说明.txt").unlink()
    assert run(["verify", str(folder)]) == 4
    assert "说明.txt" in capsys.readouterr().out
