"""What every answer tells the browser to refuse.

An own `after_request`: the set is short, and a library's defaults would have to be tested just the same.
"""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request

IMMUTABLE = "public, max-age=31536000, immutable"
FIXED = {
    "X-Content-Type-Options": "nosniff",
    # Addresses hold ids: they never travel to another host. Within this one the page that was left is needed, to bring
    # people back to it with a sentence when a change is refused.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "microphone=(self), camera=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()"
    ),
}


def csp_nonce() -> str:
    """Return the word that this answer's own scripts carry; another one for each answer."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def content_security_policy(nonce: str) -> str:
    """Return the policy: our own files only, no inline script without `nonce`, no inline style, no frames."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "media-src 'self' blob:",
        )
    )


def init_app(app: Flask, *, https: bool) -> None:
    """Set the headers on every answer of `app`, errors and files included."""
    app.jinja_env.globals["csp_nonce"] = csp_nonce

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in FIXED.items():
            response.headers[name] = value
        response.headers["Content-Security-Policy"] = content_security_policy(csp_nonce())
        if https:
            response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        response.headers["Cache-Control"] = _caching(response)
        return response


def _caching(response: Response) -> str:
    if request.endpoint == "static" and response.status_code in (200, 206, 304):
        # Files of the build are named after their content, so a changed one has another name.
        return IMMUTABLE if request.path.startswith("/static/build/assets/") else "public, no-cache"
    return "no-store"
