"""Spread work over the processors; the results are the same with one process or many.

Where processes can be forked (Linux) they inherit what they need; elsewhere (Windows, macOS) each is
started afresh and gets it from a function that can be named.  `WISSEN_PROZESSE` sets their number.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")
FEWEST = 300  # items for which it is worth starting processes
_CHUNKS = 12  # per process: short enough that all end at the same time
_AHEAD = 3  # chunks per process that are under way
_END = object()
_shared: Any = None


def processes() -> int:
    """How many processes to use."""
    wanted = os.environ.get("WISSEN_PROZESSE", "")
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def start_method() -> str:
    """`fork` where it is safe and known, else `spawn`.  `WISSEN_START` chooses, for tests."""
    known = multiprocessing.get_all_start_methods()
    wanted = os.environ.get(
        "WISSEN_START", "fork" if os.name == "posix" and "fork" in known else "spawn"
    )
    return wanted if wanted in known else "spawn"


def spread(
    function: Callable[[Any, Sequence[Any]], T], items: Sequence[Any], shared: Any, again: Callable[[], Any] | None = None,
    fewest: int = FEWEST, *, most: int | None = None, meanwhile: Iterable[object] = (), apart: bool = False,
    forked: Callable[[], None] | None = None, here: bool = True,
) -> Iterator[T]:  # fmt: skip
    """`function(shared, chunk)` for chunks of the items, results in order.

    `again`, if given, makes `shared` anew in each process that does not inherit it, and here if it is
    None; else it is inherited or sent there.
    Fewer items than `fewest` are done here; no more than `most` are handed over at once.
    `meanwhile` is done here step by step, whenever no result waits to be taken.
    `here` says whether this process shares in the work when it has nothing else to do.
    With `apart` the work is handed to the process that `ahead` has started, if there is one.
    `forked` is called first in each process that inherits `shared`.
    """
    count = processes()
    if not is_spread(len(items), fewest):
        _do(meanwhile)
        if items:
            yield function(again() if shared is None and again else shared, items)
        return
    if apart and _apart is not None:
        parts = _apart.spread(function, items, shared, again)
        if parts is not None:
            yield from parts
            return
    if shared is None and again:
        shared = again()
    size = -(-len(items) // (count * _CHUNKS))
    size = min(size, most or size)
    chunks = (items[at : at + size] for at in range(0, len(items), size))
    global _shared
    method = start_method()
    context = multiprocessing.get_context(method)
    others = count - here
    with _frozen():
        if method == "fork" and again is None:
            _shared = shared
            pool = ProcessPoolExecutor(others, context, _begin, (forked,))
        else:
            pool = ProcessPoolExecutor(others, context, _receive, (again or _Constant(shared),))
        try:
            with pool:
                own = partial(function, shared) if here else None
                yield from _in_turn(pool, _Task(function), own, chunks, others * _AHEAD, meanwhile)
        finally:
            _shared = None


def is_spread(items: int, fewest: int = FEWEST) -> bool:
    """Whether so many items are worth starting processes."""
    return processes() > 1 and items >= fewest


def _in_turn(
    pool: ProcessPoolExecutor, task: Callable[[Sequence[Any]], T], own: Callable[[Sequence[Any]], T] | None,
    chunks: Iterator[Sequence[Any]], ahead: int, meanwhile: Iterable[object],
) -> Iterator[T]:  # fmt: skip
    """The results in order; `own` does a chunk here while there is none to hand out.  Only a few chunks
    are under way at a time: results that nobody has taken yet would fill the memory."""
    steps = iter(meanwhile)
    waiting: deque[Future[T]] = deque()
    while True:
        others = sum(not future.done() for future in waiting)
        waiting.extend(pool.submit(task, chunk) for chunk in islice(chunks, max(0, ahead - others)))
        if not waiting:
            break
        if not waiting[0].done():
            if next(steps, _END) is not _END:
                continue
            some = next(chunks, None) if own and len(waiting) < 2 * ahead else None
            if own and some is not None:
                done: Future[T] = Future()
                waiting.append(done)
                done.set_result(own(some))
                continue
        yield waiting.popleft().result()
    _do(steps)


def _do(steps: Iterable[object]) -> None:
    for _ in steps:
        pass


def beside(function: Callable[[], T]) -> Callable[[], T]:
    """Start a function beside what follows; what is returned waits for its result.

    It runs in a process of its own where processes can be forked: a thread that asks the system
    thousands of things would wait for each answer until this one lets it.
    """
    if processes() < 2 or start_method() != "fork":
        thread = ThreadPoolExecutor(1)
        future = thread.submit(function)
        thread.shutdown(wait=False)
        return future.result
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sender, function), daemon=True)
    process.start()
    sender.close()

    def result() -> T:
        try:
            found: T = receiver.recv()
        except EOFError:  # it failed, and does so here again, or something ended it
            found = function()
        process.join()
        return found

    return result


class _Apart:
    """A process that spreads work for this one, from its own little memory."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("fork")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, self._pipe))
        self._process.start()
        other.close()

    def spread(self, *work: Any) -> list[Any] | None:
        """All results; None if it failed or something ended it: then it is to be done here."""
        parts = []
        try:
            self._pipe.send(work)
            while (part := self._pipe.recv()) is not None:
                parts += part
        except (EOFError, OSError):
            return None
        return parts

    def close(self) -> None:
        self._pipe.close()
        self._process.join()


def _serve(pipe: Connection, other: Connection) -> None:
    other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ends with the process that it works for
    with suppress(Exception):
        while True:
            work = pipe.recv()
            # In a process of its own, which takes its memory with it when it ends.
            context = multiprocessing.get_context("fork")
            worker = context.Process(target=_serve_once, args=(pipe, *work))
            worker.start()
            worker.join()
            if worker.exitcode:
                break


def _serve_once(
    pipe: Connection, function: Callable[[Any, Sequence[Any]], Any], items: Sequence[Any], shared: Any,
    again: Callable[[], Any] | None,
) -> None:  # fmt: skip
    with without_collector():
        for part in spread(function, items, again() if again else shared, fewest=0):
            pipe.send([part])
    pipe.send(None)


_apart: _Apart | None = None


def is_apart() -> bool:
    """Whether there is a process for work apart."""
    return _apart is not None


@contextmanager
def ahead() -> Iterator[None]:
    """Meanwhile there is a process for work apart: one that is started before this one has read anything.
    Processes that are forked later look as big as this one has become."""
    global _apart
    if _apart is not None or processes() < 2 or start_method() != "fork":
        yield
        return
    _apart = _Apart()
    try:
        yield
    finally:
        _apart.close()
        _apart = None


def _send(sender: Connection, function: Callable[[], Any]) -> None:
    with suppress(Exception):
        sender.send(function())


class _Task:
    """A function over the shared thing; picklable if the function is."""

    def __init__(self, function: Callable[[Any, Sequence[Any]], Any]) -> None:
        self.function = function

    def __call__(self, chunk: Sequence[Any]) -> Any:
        gc.disable()  # a chunk is short, and looking for cycles takes a third of the time
        return self.function(_shared, chunk)


class _Constant:
    def __init__(self, value: Any) -> None:
        self.value = value

    def __call__(self) -> Any:
        return self.value


def _begin(forked: Callable[[], None] | None) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if forked is not None:
        forked()


def _receive(make: Callable[[], Any]) -> None:
    global _shared
    _begin(None)
    _shared = make()


def _end_with_parent() -> None:
    """A process that is killed cannot end the others, which would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def without_collector() -> Iterator[None]:
    """A build makes millions of small objects and hardly a cycle: looking for cycles would take a
    third of its time.  What exists already is frozen: looking at it would copy it into each process."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _frozen() -> Iterator[None]:
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
