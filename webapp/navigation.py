"""Where one is, where one can go, and whom to call: what the frame of every page shows."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, get_template_attribute, request, url_for
from flask_babel import gettext as _

from interviews import recoverysheets, worries
from interviews.access import Actor, Permission, allows
from interviews.models import Project
from interviews.models.project import Role
from webapp import db, i18n, identity
from webapp.messages import role_name
from webapp.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """One way through the product."""

    label: str
    url: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class Where:
    """The project one works in, as templates see it."""

    id: uuid.UUID
    name: str
    title: str
    made_up: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call."""

    name: str
    phone: str

    @property
    def phone_uri(self) -> str | None:
        """The number as a telephone dials it, when it is one."""
        return phone_uri(self.phone)


def phone_uri(phone: str) -> str | None:
    """Return `phone` as a `tel:` address: a Dutch number gets its country, three digits or letters stay as they are."""
    digits = re.sub(r"[^\d+]", "", phone.replace("(0)", ""))
    if not re.fullmatch(r"\+?\d{3,15}", digits):
        return None
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    # 0800 and 0900 numbers exist within the country only.
    elif digits.startswith("0") and not digits.startswith(("0800", "0900")):
        digits = "+31" + digits[1:]
    return f"tel:{digits}"


def endpoint_exists(endpoint: str) -> bool:
    """Tell whether the application has this page; parts that an installation leaves out have no link."""
    return endpoint in current_app.view_functions


def current_project() -> Project | None:
    """Return the project that the opened row belongs to, else the only one of the person who is signed in."""
    if g.get("broken"):
        return None
    project_id = g.get("project_id")
    if project_id is None and identity.login() is not None:
        own = list(identity.actor().roles)
        project_id = own[0] if len(own) == 1 else None
    return None if project_id is None else db.session().get(Project, project_id)


def help_contact() -> Contact | None:
    """Return whom to call: the project's own contact, else the installation's; None when nobody is named."""
    project = current_project()
    if project is not None and project.help_name and project.help_phone:
        return Contact(project.help_name, project.help_phone)
    settings: Settings = current_app.extensions["dichterbij.settings"]
    if settings.help_name and settings.help_phone:
        return Contact(settings.help_name, settings.help_phone)
    return None


_PART_OF = dict.fromkeys(
    (
        "bring_in", "speakers", "names", "indirect", "approval", "planning", "talk", "consents", "recordings", "typing",
        "aftercare", "removals", "redactions", "checks", "attachments", "bundles", "withdrawals",
    ),
    "interviews",
)  # fmt: skip
"""Pages without a place of their own in the menu, and the place one came from."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that some roles go to. `explains` says on the start page of the project what one does there."""

    endpoint: str
    label: str
    icon: str
    permission: str
    explains: str


def entries() -> list[Entry]:
    """Return every place of a project, in the order of the menu, whether or not this installation has it."""
    return [
        Entry("interviews.index", _("Gesprekken"), "messages-square", "interview.list",
              _("Maak een gesprek, typ het uit en haal de namen weg.")),
        Entry("desk.index", _("Lezen"), "book-open", "themes.read",
              _("Lees gesprekken zonder namen en kies thema's.")),
        Entry("codebook.index", _("Thema's"), "tags", "themes.read",
              _("Bekijk de lijst met thema's en wat erbij hoort.")),
        Entry("reports.index", _("Verslagen"), "file-text", "interview.list",
              _("Maak een verslag in Word.")),
        Entry("people.index", _("Mensen"), "users", "people.manage",
              _("Kijk wie er meedoet, nodig iemand uit of haal iemand weg.")),
        # Last: who has all six places finds it on the start page of the project.
        Entry("guides.index", _("Vragenlijst"), "notebook-pen", "guide.read",
              _("Lees de vragen voor het gesprek en zeg wat je ervan vindt.")),
        Entry("contacts.index", _("Contacten"), "users", "contact.open",
              _("Zoek op hoe je iemand bereikt. Alleen jij kunt dat.")),
        Entry("keys.index", _("Sleutel"), "lock", "keys.see",
              _("Kijk wie de sleutel van namen en adressen heeft.")),
    ]  # fmt: skip


def entries_for(actor: Actor, project: Project) -> list[Entry]:
    """Return the places in `project` that exist here and that `actor` may go to: what one may not use is not shown."""
    return [
        entry for entry in entries() if endpoint_exists(entry.endpoint) and allows(actor, entry.permission, project)
    ]


def places(actor: Actor, project: Project) -> list[Place]:
    """Return the menu of `project` for `actor`, at most five."""
    here = (request.endpoint or "").partition(".")[0]
    here = _PART_OF.get(here, here)
    return [
        Place(
            label=entry.label,
            url=url_for(entry.endpoint, project_id=project.id),
            icon=entry.icon,
            current=entry.endpoint.partition(".")[0] == here,
        )
        for entry in entries_for(actor, project)
    ][:5]


def role_label(roles: Iterable[Role]) -> str:
    """Return the roles as people read them: "Interviewer, Onderzoeker"."""
    held = set(roles)
    return ", ".join(role_name(role) for role in Role if role in held)


def init_app(app: Flask, settings: Settings) -> None:
    """Give every page of `app` its frame."""
    app.extensions["dichterbij.settings"] = settings
    app.context_processor(_frame)


def _frame() -> dict[str, Any]:
    frame: dict[str, Any] = {
        "locale": i18n.language(),
        "home_url": "/",
        "languages": [(entry.code, entry.name, entry.current) for entry in i18n.choices()],
        "language_url": url_for("auth.choose_language"),
        "help_url": url_for("help.index"),
        "demo": current_app.extensions["dichterbij.settings"].demo,
    }
    if g.get("broken"):
        return frame
    project = current_project()
    contact = help_contact()
    if contact is not None:
        frame["help_contact"] = contact
    known = identity.person()
    if known is not None:
        frame["me"] = {"name": known.display_name, "role_label": ""}
        frame["sign_out_url"] = url_for("auth.sign_out")
        frame["devices_url"] = url_for("auth.devices")
    if known is not None and project is not None:
        actor = identity.actor()
        frame["me"]["role_label"] = role_label(actor.roles_in(project.id))
        frame["project"] = Where(project.id, project.title, project.title, project.made_up)
        frame["navigation"] = places(actor, project)
        frame["notices"] = _alarms(actor, project)
    return frame


def _alarms(actor: Actor, project: Project) -> list[tuple[str, str]]:
    """Return what somebody must know on whichever page.

    A project lead: that somebody worries and nobody looked yet, and that nobody has the recovery sheet.
    """
    here = request.endpoint or ""
    alarms = []
    if not here.startswith("worries.") and allows(actor, Permission.SAFETY_CLOSE, project):
        count = worries.unseen(db.session(), project.id)
        if count:
            banner = get_template_attribute("worries/_banner.html", "banner")
            alarms.append(("warning", banner(count, url_for("worries.index", project_id=project.id))))
    may_confirm = endpoint_exists("keys.sheet") and allows(actor, Permission.KEYS_APPOINT, project)
    # In a made-up project nothing can be lost.
    if may_confirm and not project.made_up and here != "keys.sheet" and recoverysheets.waiting(db.session()):
        banner = get_template_attribute("keys/_banner.html", "banner")
        alarms.append(("warning", banner(url_for("keys.sheet", project_id=project.id))))
    return alarms
