"""Stopping a process that works on: gently between two pieces of work, and for certain a little later."""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
LAST_WORDS: Final = b"stopped in the middle of a piece of work: another worker takes it over\n"


@contextmanager
def stopped_by_signal(*, grace: float) -> Iterator[threading.Event]:
    """Give an event that SIGTERM and SIGINT set; a process that goes on for `grace` seconds more is ended.

    A second thread hears of the signal by a descriptor, for the first may be held in a call, of a name server
    or a mail server, in which Python runs no handler. What it had claimed it leaves to others by its lease.
    """
    stop, has_ended = threading.Event(), threading.Event()
    heard, told = socket.socketpair()
    told.setblocking(False)
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in SIGNALS}
    woken_before = signal.set_wakeup_fd(told.fileno())
    watch = threading.Thread(target=_watch, args=(heard, stop, has_ended, grace), daemon=True)
    watch.start()
    try:
        yield stop
    finally:
        has_ended.set()
        signal.set_wakeup_fd(woken_before)
        for number, handler in before.items():
            signal.signal(number, handler)
        told.close()
        watch.join()
        heard.close()


def _watch(heard: socket.socket, stop: threading.Event, has_ended: threading.Event, grace: float) -> None:
    if heard.recv(1):  # nothing when the work has ended by itself
        stop.set()
        if not has_ended.wait(grace):
            os.write(2, LAST_WORDS)
            os._exit(0)
