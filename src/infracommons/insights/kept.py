"""Keeps what was worked out, as long as there is room, so that nothing is worked out twice."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

V = TypeVar("V")


class Kept(Generic[V]):
    """Values by key, those asked for longest ago the first to go. Threads may share it; who comes second waits."""

    def __init__(self, most: int, size: Callable[[V], int]) -> None:
        """Keep values of `most` in all, as `size` measures them; one that is larger alone is kept until the next."""
        self._most, self._size = most, size
        self._held: OrderedDict[Hashable, Future[V]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Return the value of the key, made now where it is not kept; what `make` raises is raised and not kept."""
        with self._lock:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
            else:
                mine = self._held[key] = Future()
        return held.result() if held is not None else self._made(key, mine, make)

    def _made(self, key: Hashable, mine: Future[V], make: Callable[[], V]) -> V:
        try:
            value = make()
        except BaseException as error:
            with self._lock:
                self._held.pop(key, None)
            mine.set_exception(error)
            raise
        mine.set_result(value)
        with self._lock:
            self._make_room()
        return value

    def _make_room(self) -> None:
        done = [(key, self._size(held.result())) for key, held in self._held.items() if held.done()]
        size = sum(each for _, each in done)
        for key, each in done[:-1]:
            if size <= self._most:
                return
            del self._held[key]
            size -= each
