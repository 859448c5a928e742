-- The `traceparent` of the work that published an event (W3C Trace Context), so that whoever reacts to it is part of the
-- same trace. Nullable and without a default: versions that do not know it go on writing, and the table is not rewritten.
ALTER TABLE outbox_events ADD COLUMN traceparent text;
