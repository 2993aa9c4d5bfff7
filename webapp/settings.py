"""What an installation decides: where its files are, on which address it serves, which key it has.

Secrets are files, not environment variables: a variable is inherited by every child process and shows in crash reports.
"""

from __future__ import annotations

import enum
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_config_path, user_data_path

from interviews import auditheads
from interviews.keys import InstallationKey, read_lasting

APP = "dichterbij"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
MAX_UPLOAD_BYTES = 25 * 1024 * 1024
"""Largest request body. Sound is received in chunks smaller than this."""


CREDENTIAL = "dichterbij.key"
"""How the key is called among the credentials that systemd gives a service."""


class KeySource(enum.StrEnum):
    """Where the installation key comes from."""

    FILE = "file"
    """A file that only this user can read."""
    PASSPHRASE = "passphrase"  # noqa: S105  # a kind of key, and none
    """A file that opens with a passphrase, asked at the start."""
    CREDENTIAL = "credential"
    """A credential of the service manager, readable for this service only and in memory."""


class UnsafeSettings(ValueError):
    """The settings would put people's words on an unprotected line; nothing is served."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation.

    Raises UnsafeSettings for plain http on an address that other machines can reach. The demo may: its stories are
    made up, and people want to try it on a phone.
    """

    data: Path
    """Folder with the database, the key store and the files."""
    database_url: str
    key_file: Path
    """File with the installation key. Outside `data`, so that a copy of the data folder opens nothing."""
    public_url: str
    """Address as people type it, without a path. `https://` makes cookies secure."""
    demo: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    proxies: int = 0
    """Number of reverse proxies in front whose X-Forwarded headers are believed."""
    help_name: str = ""
    """Whom to call when no project is known, as on the page to sign in. Shown to everybody."""
    help_phone: str = ""
    redis_url: str | None = None
    """Where jobs wait when more than one machine works on them; None keeps them in a file in `data`."""
    speech_model: Path | None = None
    """Folder with a Whisper model in CTranslate2's form, put there by hand; None when there is none."""
    credential: Path | None = None
    """The key as systemd hands it to this service; then `key_file` is not looked at."""

    audit_heads: Path | None = None
    """File in which the newest line of the log is kept by the day; None keeps it beside the key file."""

    def __post_init__(self) -> None:
        address = urlsplit(self.public_url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise UnsafeSettings("public_url is an address such as https://dichterbij.example.nl")
        if self.demo or address.scheme == "https":
            return
        if address.hostname not in LOOPBACK or self.host not in LOOPBACK:
            raise UnsafeSettings("other machines may reach this address only over https: set DICHTERBIJ_PUBLIC_URL")

    @classmethod
    def from_environment(
        cls,
        data: Path | None = None,
        *,
        environment: Mapping[str, str] | None = None,
        key_file: Path | None = None,
        demo: bool = False,
        host: str | None = None,
        port: int | None = None,
    ) -> Settings:
        """Return the settings that the environment names, with defaults for one person on one machine.

        Arguments go before the environment, and a key among systemd's credentials goes before a key file that no
        argument names. Variables: CREDENTIALS_DIRECTORY (from systemd), DICHTERBIJ_DATA, DATABASE_URL, DICHTERBIJ_KEY_FILE,
        DICHTERBIJ_PUBLIC_URL, DICHTERBIJ_HOST, DICHTERBIJ_PORT, DICHTERBIJ_PROXIES, DICHTERBIJ_HELP_NAME,
        DICHTERBIJ_HELP_PHONE, DICHTERBIJ_SPEECH_MODEL, DICHTERBIJ_AUDIT_HEADS, REDIS_URL. Raises UnsafeSettings, and ValueError for a port or number of proxies that is no number.
        """
        env = os.environ if environment is None else environment
        folder = (data or Path(env.get("DICHTERBIJ_DATA") or user_data_path(APP))).resolve()
        own_key = key_file or Path(env.get("DICHTERBIJ_KEY_FILE") or user_config_path(APP) / "installation.key")
        address = host or env.get("DICHTERBIJ_HOST") or "127.0.0.1"
        handed = Path(env["CREDENTIALS_DIRECTORY"]) / CREDENTIAL if env.get("CREDENTIALS_DIRECTORY") else None
        number = port if port is not None else int(env.get("DICHTERBIJ_PORT") or 8000)
        shown = f"[{address}]" if ":" in address else address
        return cls(
            data=folder,
            database_url=env.get("DATABASE_URL") or f"sqlite+pysqlcipher:///{folder / 'dichterbij.db'}",
            key_file=own_key,
            public_url=(env.get("DICHTERBIJ_PUBLIC_URL") or f"http://{shown}:{number}").rstrip("/"),
            demo=demo,
            host=address,
            port=number,
            proxies=int(env.get("DICHTERBIJ_PROXIES") or 0),
            help_name=env.get("DICHTERBIJ_HELP_NAME") or "",
            help_phone=env.get("DICHTERBIJ_HELP_PHONE") or "",
            redis_url=env.get("REDIS_URL") or None,
            speech_model=Path(env["DICHTERBIJ_SPEECH_MODEL"]) if env.get("DICHTERBIJ_SPEECH_MODEL") else None,
            audit_heads=Path(env["DICHTERBIJ_AUDIT_HEADS"]) if env.get("DICHTERBIJ_AUDIT_HEADS") else None,
            credential=handed if handed is not None and key_file is None and handed.exists() else None,
        )

    @property
    def https(self) -> bool:
        """Tell whether people reach the pages over https; then cookies are secure and browsers are told to insist."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def heads_file(self) -> Path:
        """The file with the heads of the log: not among the data, which it is to be held against."""
        return self.audit_heads or self.key_file.parent / auditheads.FILE

    @property
    def trusted_hosts(self) -> list[str] | None:
        """The host names that are answered, against DNS rebinding; None answers all (the demo on a local network)."""
        if self.demo and self.host not in LOOPBACK:
            return None
        return sorted({urlsplit(self.public_url).hostname or "", "localhost", "127.0.0.1"})

    @property
    def key_path(self) -> Path:
        """The file that the key is read from."""
        return self.key_file if self.credential is None else self.credential

    def key_source(self) -> KeySource:
        """Return where the key comes from. Raises OSError when there is none."""
        if self.credential is not None:
            return KeySource.CREDENTIAL
        return KeySource.PASSPHRASE if InstallationKey.asks_passphrase(self.key_file) else KeySource.FILE

    def read_key(self, passphrase: str | None = None) -> InstallationKey:
        """Read the installation key. Raises as `InstallationKey.from_file`; OSError when there is none yet.

        Raises `WrongKey` when the key store holds what was left for another key.
        """
        guarded = self.credential is not None
        key = InstallationKey.from_file(self.key_path, passphrase=passphrase, guarded=guarded)
        return read_lasting(self.data / "keys", key)
