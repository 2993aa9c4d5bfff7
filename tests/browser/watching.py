"""What a browser tells beside the page: errors, refusals by the policy, and requests to other hosts."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

OWN_SCHEMES = {"data", "blob", "about", "chrome-error"}


@dataclass
class Watch:
    """Everything that went wrong in the pages of one browser context."""

    home: str
    """Host and port of the installation; a request elsewhere is wrong."""
    problems: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> Watch:
        """Watch every page of `context` from now on."""
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation', (event) =>"
            " console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI || event.sample}`));"
        )
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)
        return self

    def _console(self, message: ConsoleMessage) -> None:
        # The page's own answer (422 for a form with a mistake) shows here too; `_response` judges answers.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"console: {message.text} at {message.location.get('url')}")

    def _error(self, error: WebError) -> None:
        self.problems.append(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in OWN_SCHEMES and address.netloc != self.home:
            self.problems.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        asked = response.request
        if asked.service_worker is not None and response.status < 500:
            # The worker of the pages passes a page on: the page's own answer is judged, not the worker's.
            return
        if response.status == 400 and "idempotency-key" in asked.headers:
            # A token that is too old: the outbox asks for another one and sends again.
            return
        document = asked.resource_type == "document"
        if response.status >= 500 or (response.status >= 400 and not document):
            self.problems.append(f"{response.status} for {response.url}")


def settle(page: Page) -> None:
    """Wait until the page is drawn: its fonts are there and its scripts had their turn."""
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => done(null))))")


def until(page: Page, script: str) -> None:
    """Wait until an asynchronous `script` says yes in the page that is open.

    Not `wait_for_function`: that takes the promise itself for a yes, and waits for nothing.
    """
    for _ in range(200):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"this never came true: {script}")
