"""Called by alembic: run the revisions on the connection that the upgrade hands over."""

from __future__ import annotations

from alembic import context

from smsdesk.storage.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
