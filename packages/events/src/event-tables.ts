/**
 * The three tables every domain's database holds, and the trigger that wakes the relay. A domain's
 * migrations amount to this text; tests run it as it is. PostgreSQL 15 or later.
 */
export const EVENT_TABLES_SQL = `
CREATE TABLE outbox_events (
  position bigserial PRIMARY KEY,
  id text NOT NULL UNIQUE,
  type text NOT NULL,
  aggregate_type text NOT NULL,
  aggregate_id text NOT NULL,
  data jsonb NOT NULL,
  correlation_id text,
  traceparent text,
  occurred_at timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz,
  claimed_by text,
  claimed_until timestamptz
);

CREATE INDEX outbox_events_unpublished ON outbox_events (position) WHERE published_at IS NULL;
CREATE INDEX outbox_events_unpublished_aggregate ON outbox_events (aggregate_type, aggregate_id, position)
  WHERE published_at IS NULL;
CREATE INDEX outbox_events_published ON outbox_events (published_at) WHERE published_at IS NOT NULL;

CREATE FUNCTION notify_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('outbox', '');
  RETURN NULL;
END
$$;

CREATE TRIGGER outbox_events_notify AFTER INSERT ON outbox_events
  FOR EACH STATEMENT EXECUTE FUNCTION notify_outbox();

CREATE TABLE inbox_events (
  consumer text NOT NULL,
  event_id text NOT NULL,
  handled_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);

CREATE INDEX inbox_events_handled ON inbox_events (handled_at);

CREATE TABLE dead_letters (
  id text PRIMARY KEY,
  consumer text NOT NULL,
  event jsonb NOT NULL,
  error text NOT NULL,
  attempts integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  replayed_at timestamptz
);

CREATE INDEX dead_letters_open ON dead_letters (created_at) WHERE replayed_at IS NULL;
`;
