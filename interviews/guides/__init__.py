"""The interview guide: versions that a team takes into use one after the other, their questions, and remarks on them.

A version is a concept until it is published, and may change until then. What was published or used never changes: a
note in an interview belongs to the words that were asked.
"""

from interviews.guides.differences import Change, What, differences
from interviews.guides.document import read, write
from interviews.guides.questions import (
    MAX_TEXT,
    QuestionWords,
    add_question,
    edit_question,
    move_question,
    remove_question,
    removed_questions,
    restore_question,
)
from interviews.guides.remarks import remark, remarks_of, settle_remark
from interviews.guides.topics import CLOSING, GROUP, OPENING, fitting, spoken, topic_of, topics_of
from interviews.guides.versions import (
    adopt,
    concept,
    discard,
    is_used,
    new_version,
    newest,
    publish,
    require_concept,
    take_in,
    versions,
)

__all__ = [
    "CLOSING",
    "GROUP",
    "MAX_TEXT",
    "OPENING",
    "Change",
    "QuestionWords",
    "What",
    "add_question",
    "adopt",
    "concept",
    "differences",
    "discard",
    "edit_question",
    "fitting",
    "is_used",
    "move_question",
    "new_version",
    "newest",
    "publish",
    "read",
    "remark",
    "remarks_of",
    "remove_question",
    "removed_questions",
    "require_concept",
    "restore_question",
    "settle_remark",
    "spoken",
    "take_in",
    "topic_of",
    "topics_of",
    "versions",
    "write",
]
