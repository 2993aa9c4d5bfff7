"""The door: pages, commands and jobs. No rule of the field or of the analysis is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Blueprint, Flask
    from sqlalchemy import Engine

    from interviews.keys import InstallationKey, KeyStore
    from webapp.settings import Settings

BLUEPRINTS = (
    "auth",
    "stepping",
    "secondfactor",
    "locking",
    "cards",
    "home",
    "people",
    "audit",
    "keys",
    "contacts",
    "help",
    "interviews",
    "bring_in",
    "speakers",
    "names",
    "indirect",
    "approval",
    "desk",
    "codebook",
    "reports",
    "offline",
    "planning",
    "guides",
    "talk",
    "consents",
    "recordings",
    "typing",
    "aftercare",
    "worries",
    "removals",
    "redactions",
    "retention",
    "withdrawals",
    "handouts",
    "bundles",
    "training",
    "checks",
    "guests",
    "attachments",
    "tasks",
)
"""The modules in `webapp.views`, each with its blueprint `bp`."""


def _blueprints() -> list[Blueprint]:
    """Import the pages. A module that this installation does not have is left out, one that is broken is not."""
    from importlib import import_module
    from importlib.util import find_spec

    return [
        import_module(f"webapp.views.{name}").bp for name in BLUEPRINTS if find_spec(f"webapp.views.{name}") is not None
    ]


def _doors_of_the_example() -> list[tuple[str, str, object, object]]:
    from webapp.example import doors

    return doors()


def _configure(app: Flask, settings: Settings) -> None:
    from datetime import timedelta

    from webapp.settings import MAX_UPLOAD_BYTES

    app.config.update(
        DEMO_ACCOUNTS=_doors_of_the_example() if settings.demo else [],
        MAX_CONTENT_LENGTH=MAX_UPLOAD_BYTES,
        # Flask refuses text fields over 500 kB in a form with a file; a long interview is longer.
        MAX_FORM_MEMORY_SIZE=MAX_UPLOAD_BYTES,
        TRUSTED_HOSTS=settings.trusted_hosts,
        # A token lives as long as its session: nobody loses an afternoon of typing to a clock.
        WTF_CSRF_TIME_LIMIT=None,
        # The referrer is no proof and some browsers leave it out; `guard` asks the browser which site sent the form.
        WTF_CSRF_SSL_STRICT=False,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(0),
    )


def _give_key(app: Flask, key: InstallationKey) -> None:
    """Give `app` what pages do with the installation key."""
    from functools import partial

    from interviews import recoverysheets

    app.secret_key = key.derive("flask-session")
    app.extensions["dichterbij.confirm_sheet"] = partial(recoverysheets.confirm, key=key)


def create_app(
    settings: Settings,
    *,
    engine: Engine | None = None,
    keys: KeyStore | None = None,
    key: InstallationKey | None = None,
) -> Flask:
    """Return the application for `settings`. `engine`, `keys` and `key` are opened from the settings unless given.

    Raises as `Settings.read_key`, `interviews.db.make_engine` and `interviews.keys.KeyStore` do. Nothing is made or
    migrated: that is what the commands `init` and `serve` do.
    """
    # Imported here, so that `import webapp` (as the command line does) costs no web framework.
    from functools import lru_cache

    from flask import Flask
    from flask_wtf import CSRFProtect
    from werkzeug.middleware.proxy_fix import ProxyFix

    import coding.access  # noqa: F401  # adds its rows to the table of rules
    from interviews.db import make_engine
    from interviews.keys import KeyStore
    from interviews.sealedfiles import SealedFiles
    from webapp import assets, compression, db, errors, guard, headers, i18n, identity, navigation
    from webapp.jobs import Jobs
    from webapp.messages import sentence
    from webapp.uploads import MemoryRequest

    app = Flask(__name__)
    app.request_class = MemoryRequest
    key = key or settings.read_key()
    _give_key(app, key)
    _configure(app, settings)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's own provider has it
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    if engine is None:
        engine = make_engine(settings.database_url, key=key.database_key())
    if keys is None:
        keys = KeyStore(settings.data / "keys", key)
    headers.init_app(app, https=settings.https)
    identity.init_app(app, key, https=settings.https)
    db.init_app(app, engine, keys, SealedFiles(settings.data / "files"))
    app.extensions["jobs"] = Jobs(
        engine, folder=settings.data, redis_url=settings.redis_url, keys=keys, speech_model=settings.speech_model
    )
    app.config["SPEECH_MODEL"] = settings.speech_model
    i18n.init_app(app)
    CSRFProtect(app)
    errors.init_app(app)
    navigation.init_app(app, settings)
    # Read when a page first asks: commands and jobs make an application on machines where nothing is built.
    built = assets.Assets.read if app.debug else lru_cache(assets.Assets.read)
    app.jinja_env.globals.update(assets.template_globals(built), sentence=sentence)
    for blueprint in _blueprints():
        app.register_blueprint(blueprint)
    guard.init_app(app)
    compression.init_app(app)
    return app
