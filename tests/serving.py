"""Stopping a waitress server that runs in a thread of the tests."""

from __future__ import annotations

from typing import Any

from waitress.server import BaseWSGIServer


def stop(server: BaseWSGIServer) -> None:
    """End the loop of a server: first its workers, then, in the loop's own thread, everything it listens to.

    Closing from here would take away file descriptors that the loop or a worker is about to use.
    """
    inside: dict[str, Any] = vars(server)

    def close_all() -> None:
        for channel in list(inside["_map"].values()):
            channel.handle_close()

    server.task_dispatcher.shutdown()
    inside["trigger"].pull_trigger(close_all)
