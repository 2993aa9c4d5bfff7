<%doc>
The message is one sentence that says what changes for the people who use the tool. Schema or data, never both. No
import of models: a revision must run as it did today, whatever the program becomes. NOT NULL in two steps. Test it with
data before and assertions after, in tests/migrations/ (one file per revision).
</%doc>"""${message}

Revision ID: ${up_revision}
Revises: ${down_revision or "nothing"}
Create Date: ${create_date}
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision: str = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Take the schema back to the revision before."""
    ${downgrades if downgrades else "pass"}
