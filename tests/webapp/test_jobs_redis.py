"""The same jobs over Redis, for an installation that outgrew one machine."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from webapp.jobs import Jobs

REDIS = os.environ.get("DICHTERBIJ_TEST_REDIS", "redis://127.0.0.1:6379/15")


@pytest.fixture
def jobs(engine: sa.Engine, tmp_path: Path) -> Iterator[Jobs]:
    """A queue in Redis; without Redis the tests are skipped by name, in CI they fail."""
    import redis

    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=2).ping()
    except redis.ConnectionError:
        if os.environ.get("DICHTERBIJ_CI"):
            pytest.fail(f"no Redis at {REDIS}")
        pytest.skip(f"no Redis at {REDIS}")
    made = Jobs(engine, folder=tmp_path, redis_url=REDIS)
    made.queue.flush()
    yield made
    made.queue.flush()
    made.queue.storage.conn.connection_pool.disconnect()


@pytest.mark.redis
def test_a_job_waits_in_redis_until_a_worker_does_it(jobs: Jobs) -> None:
    jobs.tag(uuid.uuid4())
    assert jobs.queue.pending_count() == 1
    task = jobs.queue.dequeue()
    assert task is not None
    assert jobs.queue.execute(task) == 0
    assert jobs.queue.pending_count() == 0


@pytest.mark.redis
def test_redis_holds_the_id_and_nothing_else_of_a_story(jobs: Jobs) -> None:
    wanted = uuid.uuid4()
    jobs.tag(wanted)
    task = jobs.queue.dequeue()
    assert task is not None
    assert task.args == (str(wanted),)
    assert not task.kwargs
