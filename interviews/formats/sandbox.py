"""Reads a file in a child process that can do little: no environment, little memory, nine seconds, no files, no network.

The bytes go in by a pipe, the draft comes back as JSON by a pipe. Where the system has no `resource` module (Windows)
the wall clock is the only limit. Source of the limits: `safety.md` section 3.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import interviews
from interviews.errors import Unreadable
from interviews.formats.draft import Note, TranscriptDraft
from interviews.turns import Speaker, SpeakerRole, Turn

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 8
WALL_SECONDS = 9
"""Somebody waits with a page open: less than ten seconds, whatever the file does."""
OPEN_FILES = 16

_BOOTSTRAP = "import sys; sys.path[:0] = sys.argv[1].split(sys.argv[2]); from {module} import serve; serve()"
_KEPT_ENVIRONMENT = ("SYSTEMROOT",) if sys.platform == "win32" else ()


def read_in_child(name: str, data: bytes) -> TranscriptDraft:
    """Return the draft of a file, read in a child process.

    Raises Unreadable: what the readers say, or `unreadable.too_heavy` when the child was stopped, crashed or said
    nothing that makes sense. What the child printed is not kept: it may hold words of a story.
    """
    request = json.dumps({"name": name[-255:]}).encode() + b"\n" + data
    try:
        return from_json(ask_child("interviews.formats.sandbox", request, packages=("lxml",)))
    except (ValueError, KeyError, TypeError) as e:
        raise Unreadable("unreadable.too_heavy") from e


def ask_child(module: str, request: bytes, *, packages: Sequence[str]) -> bytes:
    """Return what `serve` of `module` answers to `request` in a child that can import ours and `packages` only.

    Raises Unreadable("unreadable.too_heavy") when the child was stopped or crashed.
    """
    try:
        child = subprocess.run(
            [
                sys.executable,
                "-I",
                "-S",
                "-B",
                "-c",
                _BOOTSTRAP.replace("{module}", module),
                _paths(packages),
                os.pathsep,
            ],
            input=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            env={key: os.environ[key] for key in _KEPT_ENVIRONMENT if key in os.environ},
            cwd=Path(sys.executable).anchor or None,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError, MemoryError) as e:
        raise Unreadable("unreadable.too_heavy") from e
    if child.returncode != 0:
        raise Unreadable("unreadable.too_heavy")
    return child.stdout


def serve() -> NoReturn:
    """Be the child: read a request from standard input, answer on standard output, exit.

    Everything is imported before the limits close the door, so that no file needs to be opened after.
    """
    from interviews.formats.reading import read_here

    for encoding in ("cp1252", "mac_roman", "cp850", "utf-8-sig", "utf-16", "utf-32"):
        "".encode(encoding)
    request = sys.stdin.buffer
    limit()
    try:
        header = json.loads(request.readline())
        answer = to_json(read_here(header["name"], request.read()))
    except Unreadable as refusal:
        answer = json.dumps({"unreadable": refusal.key, "fields": refusal.fields}).encode()
    except MemoryError:
        os._exit(3)
    except Exception:  # noqa: BLE001
        # A reader's mistake on a file nobody foresaw must not reach the person as anything but "cannot be read".
        answer = json.dumps({"unreadable": "unreadable.broken", "fields": {}}).encode()
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(0)


def to_json(draft: TranscriptDraft) -> bytes:
    """Return a draft as the bytes that go through the pipe."""
    return json.dumps(
        {
            "turns": [(turn.speaker, turn.text, turn.start_ms, turn.end_ms) for turn in draft.turns],
            "speakers": [(speaker.label, speaker.role.value) for speaker in draft.speakers],
            "format": draft.format,
            "notes": [(note.key, dict(note.fields)) for note in draft.notes],
            "metadata": dict(draft.metadata),
        }
    ).encode()


def from_json(answer: bytes) -> TranscriptDraft:
    """Return the draft in a child's answer. Raises Unreadable if it refused, ValueError if it makes no sense."""
    content = json.loads(answer)
    if "unreadable" in content:
        raise Unreadable(content["unreadable"], **content["fields"])
    return TranscriptDraft(
        turns=tuple(Turn(*turn) for turn in content["turns"]),
        speakers=tuple(Speaker(label, SpeakerRole(role)) for label, role in content["speakers"]),
        format=content["format"],
        notes=tuple(Note(key, fields) for key, fields in content["notes"]),
        metadata=content["metadata"],
    )


def _paths(packages: Sequence[str]) -> str:
    """Return the folders the child needs: ours, and those the packages stand in. Nothing else of this installation."""
    found = [str(Path(folder).resolve().parent) for folder in interviews.__path__]
    for package in packages:
        spec = importlib.util.find_spec(package)
        found += (
            [str(Path(folder).resolve().parent) for folder in (spec.submodule_search_locations or ())] if spec else []
        )
    return os.pathsep.join(dict.fromkeys(found))


def limit() -> None:
    """Close the door, in the child: no writing, no network, no other program, little memory and time."""
    sys.addaudithook(_refuse)
    try:
        import resource
    except ImportError:
        return
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in limits.items():
        _, hard = resource.getrlimit(which)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(which, (value, value))
        except (ValueError, OSError):
            # macOS has no working limit on address space; the others still hold.
            continue


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Stop the child when Python code in it wants the network, another program, or to write a file."""
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system", "ctypes.")):
        os._exit(4)
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            os._exit(4)
