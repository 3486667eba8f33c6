"""The web server of `reader serve`: the app behind an address with a token. Needs the extra `serve`."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web
from textual_serve.server import Server

_HEADERS: Final = {
    # The page asks for a font from elsewhere; nothing but this server may be contacted.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        "font-src 'self' data:; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def serve(command: str, host: str, port: int, token: str) -> None:
    """Serve the app until the program is interrupted.

    Args:
        command: The command line that runs the app in a browser window.
        host: The address to listen on.
        port: The port to listen on.
        token: The first part of every path; other paths do not exist.

    Raises:
        OSError: The address cannot be listened on.
    """
    shown_host = f"[{host}]" if ":" in host else host
    server = _TokenServer(command, host=host, port=port, title="reader", public_url=f"http://{shown_host}:{port}")
    asyncio.run(server.run(token))


class _TokenServer(Server):
    """The server of `textual-serve`, with everything below a token."""

    async def run(self, token: str) -> None:
        """Listen until a signal ends the program, and say where."""
        root = web.Application(middlewares=[_with_headers])
        root.add_subapp(f"/{token}/", await self._make_app())
        ended = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        runner = web.AppRunner(root, access_log=None, shutdown_timeout=1)
        try:
            await runner.setup()
            await web.TCPSite(runner, self.host, self.port).start()
            sys.stdout.write(f"reader is at {self.public_url}/{token}/\nCtrl+C ends it.\n")
            sys.stdout.flush()
            await ended.wait()
        finally:
            await runner.cleanup()

    async def on_startup(self, app: web.Application) -> None:
        """Print nothing yet: the server does not listen before it has started."""


@web.middleware
async def _with_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Forbid the page to load anything from elsewhere, and browsers to keep it or to tell its address."""
    response = await handler(request)
    if not response.prepared:
        response.headers.update(_HEADERS)
    return response
