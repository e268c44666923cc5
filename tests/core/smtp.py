"""A mail server for tests, on a port of its own of this machine, that behaves as it is told to."""

import re
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

MESSAGE_ID = re.compile(rb"^Message-ID: *\r?\n? *<([^>]+)>", re.MULTILINE | re.IGNORECASE)


@dataclass
class Sink:
    """What it has taken, by Message-ID in order, and how it answers: None stands for its usual answer."""

    port: int = 0
    taken: list[str] = field(default_factory=list)
    answers: Callable[[str], str | None] = lambda _command: None
    seconds_a_mail: float = 0
    is_silent: bool = False
    met: threading.Event = field(default_factory=threading.Event)


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        sink: Sink = self.server.sink  # type: ignore[attr-defined]
        sink.met.set()
        if sink.is_silent:
            self.rfile.read()
            return
        self.say("220 ready")
        for line in self.rfile:
            command = line.decode(errors="replace").strip()
            answer = sink.answers(command)
            if answer is not None:
                self.say(answer)
            elif command.upper().startswith("DATA"):
                self.take(sink)
            elif command.upper().startswith("QUIT"):
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self, sink: Sink) -> None:
        self.say("354 go on")
        text = b""
        for line in self.rfile:
            if line == b".\r\n":
                break
            text += line
        else:
            return
        time.sleep(sink.seconds_a_mail / 2)
        found = MESSAGE_ID.search(text)
        assert found, text
        sink.taken.append(found[1].decode())
        self.say("250 taken")
        time.sleep(sink.seconds_a_mail / 2)

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def finish(self) -> None:
        with suppress(OSError):  # whoever was killed hears no answer
            super().finish()


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False

    def handle_error(self, *_args: object) -> None:
        """Say nothing of those who were killed in the middle."""


@contextmanager
def mail_server(**how: object) -> Iterator[Sink]:
    """Serve while the block runs."""
    with Server(("127.0.0.1", 0), Conversation) as server:
        sink = Sink(port=server.server_address[1], **how)  # type: ignore[arg-type]
        server.sink = sink  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            server.shutdown()
            thread.join()
