"""A proxy in front of a server that cuts connections after so many bytes, either way."""

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

CHUNK = 4096


class CuttingProxy:
    """Passes on every byte, until a connection has had its number; later connections are left alone."""

    def __init__(self, target: int, cuts: Sequence[int]) -> None:
        self._target = target
        self._cuts = [*cuts]
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.connections = 0
        self._open: list[socket.socket] = [self._listener]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            budget = [self._cuts[self.connections] if self.connections < len(self._cuts) else -1]
            self.connections += 1
            self._open += [client, server]
            lock = threading.Lock()
            for source, target in ((client, server), (server, client)):
                threading.Thread(target=self._pump, args=(source, target, budget, lock), daemon=True).start()

    def _pump(
        self, source: socket.socket, target: socket.socket, budget: list[int], lock: threading.Lock
    ) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK):
                with lock:
                    if 0 <= budget[0] < len(data):
                        target.sendall(data[: budget[0]])
                        budget[0] = 0
                        break
                    if budget[0] >= 0:
                        budget[0] -= len(data)
                target.sendall(data)
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Stop listening, and let go of what is open."""
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@contextmanager
def cutting(target: int, cuts: Sequence[int]) -> Iterator[CuttingProxy]:
    """A proxy for the length of the block."""
    proxy = CuttingProxy(target, cuts)
    try:
        yield proxy
    finally:
        proxy.close()
