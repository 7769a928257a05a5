"""One way in from a bare clone: `python3 run.py demo`, `app`, `test` or `check` (see README.md).

Needs Python 3.11 to 3.13 and nothing else. Everything is installed into .venv beside this file,
which is made once, used again while it fits, and made anew when it is broken.
"""

from __future__ import annotations

import hashlib
import io
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 13)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "smsdesk-installed.txt"
UNFINISHED = "unfinished"

USAGE = """\
python3 run.py demo [DIR]    make a sample case and its court PDF in DIR (./demo)
python3 run.py app [CASE]    open the window
python3 run.py test [ARGS]   run the whole test suite; ARGS go to pytest
python3 run.py check         ruff, mypy and the import contracts
"""
QT_PACKAGES = (
    *("libdbus-1-3", "libegl1", "libfontconfig1", "libgl1", "libglib2.0-0", "libgssapi-krb5-2"),
    "libxkbcommon0",
)
XCB_PACKAGES = (
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0"),
    "libxkbcommon-x11-0",
)
TESSERACT_PACKAGES = ("tesseract-ocr", "tesseract-ocr-chi-sim")
OTHER_SYSTEMS = {
    "darwin": "Nothing is needed; with `brew install tesseract tesseract-lang` the tests of the"
    " second engine run too.",
    "win32": "Nothing is needed; with Tesseract (language chi_sim) on the PATH the tests of the"
    " second engine run too.",
    "linux": "Please install with your package manager, if missing: the EGL, OpenGL, xkbcommon,"
    " D-Bus, fontconfig and GLib libraries; Tesseract with the language chi_sim.",
}


class Stop(Exception):
    """What was asked for cannot be done; the text says what to do."""


def main(arguments: list[str]) -> int:
    """Carry out one command and return its exit code."""
    commands = {"demo": demo, "app": app, "test": test, "check": check}
    if not arguments or arguments[0] not in commands:
        print(USAGE, end="")
        return 0 if arguments in (["-h"], ["--help"], ["help"]) else 2
    try:
        require_python(sys.version_info[:2])
        return commands[arguments[0]](arguments[1:])
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def demo(arguments: list[str]) -> int:
    """Make the sample case; needs neither a screen nor a system library."""
    python = environment(set())
    return run([python, "-P", "-m", "smsdesk", "demo", *(arguments or [str(ROOT / "demo")])])


def app(arguments: list[str]) -> int:
    """Open the window."""
    python = environment(set())
    missing = missing_packages(QT_PACKAGES + XCB_PACKAGES)
    if missing:
        say(f"The window may need: {apt_line(missing)}")
    return run([python, "-P", "-m", "smsdesk", *arguments])


def test(arguments: list[str]) -> int:
    """Install what the tests need and run them all."""
    provide_packages(QT_PACKAGES, TESSERACT_PACKAGES)
    python = environment({"test", "lint"})
    return run([python, "-m", "pytest", *side_by_side(), *arguments], cwd=ROOT)


def side_by_side() -> list[str]:
    """Return what makes pytest use all processors, a file at a time; `-n 0` after it undoes it.

    A file stays whole, for what its tests share is made once.
    """
    return ["-n", str(os.cpu_count() or 1), "--dist", "loadfile"]


def check(_arguments: list[str]) -> int:
    """Run every check that needs no test; return the worst exit code."""
    python = environment({"test", "lint"})
    import_linter = str(Path(python).with_name("lint-imports"))  # has no `python -m` form
    tools = (
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "mypy"],
        [import_linter],
    )
    return max([run(tool, cwd=ROOT) for tool in tools])


def require_python(version: tuple[int, ...]) -> None:
    """Stop unless *version* (major, minor) is one that every dependency has wheels for."""
    if not OLDEST <= version <= NEWEST:
        have = ".".join(map(str, version))
        raise Stop(f"smsdesk needs Python 3.11, 3.12 or 3.13; this is {have}. {advice()}")


def advice() -> str:
    """Say how to start a Python that fits."""
    if os.name == "nt":
        return "If one of them is installed: py -3.13 run.py demo. If not: python.org has them."
    fit = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    found = next((name for name in fit if shutil.which(name)), None)
    return f"Try: {found} run.py" if found else "Please install one of them from python.org."


def environment(extras: set[str]) -> str:
    """Return the Python of .venv with smsdesk and *extras* installed; make what is missing."""
    stamp = STAMP.read_text(encoding="utf-8").split() if STAMP.is_file() else []
    fingerprint, had = (stamp[0], set(stamp[1:])) if stamp else ("", set())
    if fingerprint == source_fingerprint() and extras <= had and imports("pip", "smsdesk"):
        return str(venv_python())
    if fingerprint == UNFINISHED or not imports("pip"):
        make_venv()
        had = set()
    install(extras | had)
    return str(venv_python())


def source_fingerprint() -> str:
    """Return a hash of all that an installation of this checkout, at this place, depends on."""
    digest = hashlib.sha256(str(ROOT).encode())
    translations = sorted(ROOT.glob("resources/translations/*.ts"))
    for path in (ROOT / "pyproject.toml", ROOT / "hatch_build.py", *translations):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def venv_python() -> Path:
    """Return where a virtual environment keeps its interpreter on this system."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def imports(*modules: str) -> bool:
    """Say whether the environment runs, has a Python that fits, and has *modules*."""
    code = f"import sys, {', '.join(modules)}\n"
    code += f"sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"
    return succeeds([str(venv_python()), "-c", code])


def make_venv() -> None:
    """Make .venv from nothing, in place of a broken one."""
    shutil.rmtree(VENV, ignore_errors=True)
    command = [sys.executable, "-m", "venv", str(VENV)]
    if succeeds(command):
        return
    package = f"python3.{sys.version_info[1]}-venv"  # Debian ships venv on its own
    if missing_packages((package,)):
        provide_packages((package,))
    if run(command):
        shutil.rmtree(VENV, ignore_errors=True)
        raise Stop(f"{shlex.join(command)} failed.")


def install(extras: set[str]) -> None:
    """Install this checkout, editable: code and resources stay where they are."""
    what = f".[{','.join(sorted(extras))}]" if extras else "."
    say(
        "正在安装所需的组件，第一次要下载约 160 MB，请稍候。\n"
        "Installing; the first time fetches some 160 MB, please wait."
    )
    STAMP.write_text(UNFINISHED, encoding="utf-8")
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    pip = [str(venv_python()), "-m", "pip", "--disable-pip-version-check"]
    if run([*pip, "install", *quiet, "--editable", what], cwd=ROOT):
        raise Stop(
            "安装没有完成，请检查网络后再运行一次。\n"
            "The installation failed; see above, then run this again."
        )
    STAMP.write_text(" ".join([source_fingerprint(), *sorted(extras)]), encoding="utf-8")


def provide_packages(needed: tuple[str, ...], wanted: tuple[str, ...] = ()) -> None:
    """Install Debian packages where that is possible; stop only where *needed* ones lack."""
    if missing_packages(needed + wanted) is None:
        say(OTHER_SYSTEMS.get(sys.platform, OTHER_SYSTEMS["linux"]))
        return
    apt_install(missing_packages(needed + wanted) or [])
    missing = missing_packages(needed + wanted) or []
    if missing:
        say(f"Please run, then start this again: {apt_line(missing)}")
    if set(missing) & set(needed):
        raise Stop("These system packages cannot be done without.")


def missing_packages(names: tuple[str, ...]) -> list[str] | None:
    """Return which of *names* are not installed; None on other systems."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-query")):
        return None
    show = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n"]
    listed = subprocess.run(show, check=True, capture_output=True, text=True).stdout
    return not_installed(names, listed.splitlines())


def not_installed(names: tuple[str, ...], listed: list[str]) -> list[str]:
    """Return which of *names* the "package status" lines of dpkg do not give as installed."""
    there = {line.split()[0] for line in listed if line.endswith(" installed")}
    # Debian 13 and Ubuntu 24.04 renamed some libraries when time_t grew to 64 bits.
    return [name for name in names if not {name, f"{name}t64"} & there]


def apt_install(names: list[str]) -> None:
    """Install *names* if we are root or sudo asks no password; else do nothing."""
    root = os.geteuid() == 0
    if not names or not (root or succeeds(["sudo", "-n", "true"])):
        return
    apt = [*([] if root else ["sudo", "-n"]), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    apt += ["-qq", "-o", "DPkg::Lock::Timeout=120"]
    say(f"Installing with apt-get: {' '.join(names)}")
    order = [*apt, "install", "--yes", "--no-install-recommends", *names]
    if run(order):  # an empty or outdated package list is the usual cause
        run([*apt, "update"])
        run(order)


def apt_line(names: list[str]) -> str:
    """Return the command that a person can type."""
    return f"sudo apt install {' '.join(names)}"


def succeeds(command: list[str]) -> bool:
    """Say whether *command* exists and succeeds; nothing of it is shown."""
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def run(command: list[str], cwd: Path | None = None) -> int:
    """Run *command* in the open and return its exit code, 128 + n for signal n as shells do."""
    code = subprocess.run(command, check=False, cwd=cwd).returncode
    return code if code >= 0 else 128 - code


def say(text: str) -> None:
    """Tell a person something without touching standard output's data."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console may lack Chinese letters
            stream.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
