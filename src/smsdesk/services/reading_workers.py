"""Read pictures in processes of their own, so that a window never waits for a reader's Python.

A worker gets the bytes of a file and gives back a PictureReading; it never sees the case. Workers
start when they are first needed, run at low priority and stay, with the models loaded (at most some
530 MB each with screenshots of a phone, 630 MB with long ones; benchmarks/window_import.py), until
`close` or `interrupt`. If one dies, its picture alone gets a PictureError, and the next picture a
new worker. They end by themselves, in the middle of a picture too, when the program is gone.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import sys
import threading
import traceback
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from smsdesk.domain.errors import PictureError, SetAsideReason, SmsdeskError
from smsdesk.domain.times import CaptureMoment
from smsdesk.ocr.registry import engine as engine_named
from smsdesk.services.jobs import Cancelled
from smsdesk.services.readers import ThreadReader
from smsdesk.services.reading import PictureReading

_LOG = logging.getLogger(__name__)

_NICE = 5
"""How far below the window a worker stands on POSIX: beside a busy program of ordinary priority it
gets a quarter of a processor. With 10 it would get a tenth, and reading would seem to stand still.
"""

_BELOW_NORMAL = 0x4000
"""The same on Windows (BELOW_NORMAL_PRIORITY_CLASS)."""

_END_WITHIN = 5.0
"""Seconds that a killed process may take to be gone; the system needs a moment to free memory."""


@dataclass(frozen=True, slots=True)
class _Request:
    """Which page is to be read; the bytes of its file follow."""

    page: int
    captured: CaptureMoment


@dataclass(frozen=True, slots=True)
class _Failure:
    """An error of ours in a worker; `trace` is for the log of the program."""

    detail: str
    trace: str


_Answer = PictureReading | SmsdeskError | _Failure


class Workers:
    """A Reader with as many workers as threads ask at a time.

    Where no process can be started (a system or a virus scanner forbids it), it reads in this one.
    """

    def __init__(self, engine: str) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._in_work: set[_Worker] = set()
        self._here: ThreadReader | None = None

    def check(self) -> None:
        """Start a worker if there is none; EngineUnavailable if the engine cannot run."""
        worker = self._ready_worker()
        if worker is not None:
            self._put_back(worker)

    def read(self, data: bytes, page: int, captured: CaptureMoment) -> PictureReading:
        """Return what a page of a file tells.

        PictureError if it cannot be read or its worker ends; EngineUnavailable if the engine
        cannot run; Cancelled if `interrupt` or `close` was called meanwhile.
        """
        worker = self._ready_worker()
        if worker is None:
            return self._reader_here().read(data, page, captured)
        try:
            answer = worker.ask(_Request(page, captured), data)
        except (EOFError, OSError) as gone:
            raise self._buried(worker) from gone
        self._put_back(worker)
        if isinstance(answer, PictureReading):
            return answer
        if isinstance(answer, SmsdeskError):
            raise answer
        _LOG.error("a picture could not be read\n%s", answer.trace)
        raise PictureError(SetAsideReason.READ_FAILED, answer.detail)

    def interrupt(self) -> None:
        """End the workers that read just now; whoever waits for them gets Cancelled."""
        with self._lock:
            ended, self._in_work = self._in_work, set()
        for worker in ended:
            worker.end()

    def close(self) -> None:
        """End all workers at once; a later `read` starts new ones."""
        with self._lock:
            ended, self._idle = self._idle, []
        for worker in ended:
            worker.end()
        self.interrupt()

    def _ready_worker(self) -> _Worker | None:
        """Return an idle worker or a new one, None if none can be started."""
        if self._here is not None:
            return None
        with self._lock:
            worker = self._idle.pop() if self._idle else _Worker(self._engine)
            self._in_work.add(worker)
        try:
            worker.begin()
        except (EOFError, OSError) as gone:
            if isinstance(self._buried(worker), Cancelled):
                raise Cancelled from gone
            _LOG.exception("no reading process can be started; reading goes on without")
            self._reader_here()
            return None
        except SmsdeskError:
            self._buried(worker)
            raise
        return worker

    def _reader_here(self) -> ThreadReader:
        self._here = self._here or ThreadReader(engine_named(self._engine))
        return self._here

    def _put_back(self, worker: _Worker) -> None:
        with self._lock:
            if worker in self._in_work:
                self._in_work.discard(worker)
                self._idle.append(worker)
                return
        worker.end()  # it was to be ended while it was starting

    def _buried(self, worker: _Worker) -> Exception:
        """Return what to raise for a worker that is gone."""
        with self._lock:
            was_ended = worker not in self._in_work
            self._in_work.discard(worker)
        worker.end()
        worker.wait()
        if was_ended:
            return Cancelled()
        _LOG.error("a reading process ended with code %s", worker.exit_code)
        return PictureError(SetAsideReason.READER_ENDED, f"code {worker.exit_code}")


class _Worker:
    """One process, seen from the program."""

    def __init__(self, engine: str) -> None:
        self._engine = engine
        self._process: BaseProcess | None = None

    def begin(self) -> None:
        """Start the process, unless it runs, and wait until it is ready.

        EngineUnavailable if its engine cannot run, EOFError or OSError if it does not start.
        """
        if self._process is not None:
            return
        context = get_context("spawn")  # a fork would copy the window's threads and locks half way
        their_requests, self._requests = context.Pipe(duplex=False)
        self._answers, their_answers = context.Pipe(duplex=False)
        process = context.Process(
            target=_work, args=(their_requests, their_answers, self._engine), daemon=True
        )
        self._process = process
        process.start()
        their_requests.close()  # the worker's ends alone are left: its death closes the pipes
        their_answers.close()
        unable = self._answers.recv()
        if unable is not None:
            raise unable

    @property
    def exit_code(self) -> int | None:
        """The code that it ended with, negative for a signal."""
        return self._process.exitcode if self._process else None

    def ask(self, request: _Request, data: bytes) -> _Answer:
        """Wait for the answer; EOFError or OSError if the worker is gone."""
        self._requests.send(request)
        self._requests.send_bytes(data)
        answer: _Answer = self._answers.recv()
        return answer

    def end(self) -> None:
        """End the process, whatever it does; nothing is lost with it."""
        if self._process is not None and self._process.pid is not None:
            self._process.kill()

    def wait(self) -> None:
        """Wait until an ended process is gone."""
        if self._process is not None and self._process.pid is not None:
            self._process.join(_END_WITHIN)


# --- in the worker --------------------------------------------------------------------------------


def _work(requests: Connection, answers: Connection, engine: str) -> None:
    """Say that we are ready, or why not; then answer requests until the program is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which ends us
    _step_back()
    waiting: queue.SimpleQueue[tuple[_Request, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting), daemon=True).start()
    try:
        reader = ThreadReader(engine_named(engine))
    except SmsdeskError as unable:
        answers.send(unable)
        return
    answers.send(None)
    while True:
        answers.send(_answer(reader, *waiting.get()))


def _step_back() -> None:
    """Let everything else on the computer go first."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        os.nice(_NICE)


def _listen(requests: Connection, waiting: queue.SimpleQueue[tuple[_Request, bytes]]) -> None:
    """Take requests in; end the process, even in the middle of a picture, with the program."""
    try:
        while True:
            waiting.put((requests.recv(), requests.recv_bytes()))
    except (EOFError, OSError):
        os._exit(0)


def _answer(reader: ThreadReader, request: _Request, data: bytes) -> _Answer:
    try:
        return reader.read(data, request.page, request.captured)
    except SmsdeskError as error:
        return error
    except Exception as bug:  # noqa: BLE001 - it is the program that logs and words it
        return _Failure(f"{type(bug).__name__}: {bug}", traceback.format_exc())
