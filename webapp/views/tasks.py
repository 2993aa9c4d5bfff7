"""How far long work is, and asking the computer to write down what it hears."""

from __future__ import annotations

import uuid
from pathlib import Path

from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from interviews import speech, tasks, transcripts
from interviews.access import Permission, allows
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import Interview, Recording, Task, TypingDraft
from interviews.models.recording import RecordingState
from interviews.models.task import TaskKind, TaskState
from webapp import identity
from webapp.db import session
from webapp.guard import opens
from webapp.messages import sentence

bp = Blueprint("tasks", __name__)


def told(task: Task) -> dict[str, object]:
    """Return what a page or a script is told of a task: how far it is, in numbers and in words."""
    return {
        "id": str(task.id),
        "kind": task.kind.value,
        "state": task.state.value,
        "done": task.done,
        "total": task.total,
        "text": sentence(f"task.{task.kind.value}.{task.state.value}"),
        "failure": sentence(task.failure) if task.failure else None,
        "ended": task.state not in tasks.AT_IT,
    }


@bp.app_template_global("tasks_of")
def tasks_of(recording_id: uuid.UUID) -> list[dict[str, object]]:
    """Return the work on a recording that is news: what goes on, a first text that was made, or why there is none."""
    found = [tasks.of(session(), recording_id, kind) for kind in TaskKind]
    return [
        told(task)
        for task in found
        # That a recording is ready, or why not, is what the page says already.
        if task is not None and (task.kind is not TaskKind.PREPARE_RECORDING or task.state in tasks.AT_IT)
    ]


@bp.get("/taken/<uuid:task_id>.json")
@opens(Task, Permission.INTERVIEW_SEE)
def state(task: Task) -> ResponseReturnValue:
    """Tell how far it is."""
    return jsonify(told(task))


@bp.get("/taken/<uuid:task_id>")
@opens(Task, Permission.INTERVIEW_SEE)
def show(task: Task) -> ResponseReturnValue:
    """Show how far it is."""
    recording = session().get(Recording, task.subject_id)
    return render_template(
        "tasks/show.html",
        layout="notebook",
        project_id=task.project_id,
        task=told(task),
        interview=None if recording is None else recording.interview,
        may_type=recording is not None and allows(identity.actor(), Permission.RAW_EDIT, recording.interview),
        made_text=task.kind is TaskKind.SPEECH_TO_TEXT and task.state is TaskState.DONE,
    )


@bp.get("/opnames/<uuid:recording_id>/meeschrijven")
@opens(Recording, Permission.SPEECH_TO_TEXT)
def offer_speech(recording: Recording) -> ResponseReturnValue:
    """Say what the computer can write down, and ask for it; or say why it cannot."""
    return _speech_page(recording)


@bp.post("/opnames/<uuid:recording_id>/meeschrijven")
@opens(Recording, Permission.SPEECH_TO_TEXT)
def ask_speech(recording: Recording) -> ResponseReturnValue:
    """Let the computer make a first text; asked twice it is made once."""
    recording_id = recording.id
    try:
        with transaction(session()):
            task_id = speech.ask(session(), identity.actor(), recording, model=_model()).id
    except Invalid as error:
        flash(sentence(error.key, **error.fields), "error")
        return redirect(url_for(".offer_speech", recording_id=recording_id), code=303)
    # After the commit: the job goes to the queue.
    current_app.extensions["jobs"].speech(recording_id)
    return redirect(url_for(".show", task_id=task_id), code=303)


def _speech_page(recording: Recording) -> str:
    interview = recording.interview
    missing = speech.missing(_model())
    if missing is None and recording.state is not RecordingState.READY:
        missing = "recording.erased" if recording.state is RecordingState.ERASED else "recording.not_ready"
    task = tasks.of(session(), recording.id, TaskKind.SPEECH_TO_TEXT)
    return render_template(
        "tasks/speech.html",
        layout="notebook",
        project_id=interview.project_id,
        interview=interview,
        recording=recording,
        missing=None if missing is None else sentence(missing),
        task=None if task is None else told(task),
        has_text=_has_text(interview),
        minutes=max(1, round((recording.duration_ms or 0) / 60_000)),
    )


def _has_text(interview: Interview) -> bool:
    """Tell whether somebody typed already, or handed in."""
    typed = session().scalar(select(TypingDraft.id).where(TypingDraft.interview_id == interview.id))
    return typed is not None or transcripts.transcript_of(session(), interview) is not None


def _model() -> Path | None:
    model: Path | None = current_app.config["SPEECH_MODEL"]
    return model
