CREATE TYPE review_status AS ENUM ('PENDING', 'PUBLISHED', 'REJECTED');

CREATE TABLE reviews (
  id text PRIMARY KEY,
  product_id text NOT NULL,
  author_id text NOT NULL,
  rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
  title text,
  comment text NOT NULL,
  asset_ids text[] NOT NULL DEFAULT '{}',
  verified_purchase boolean NOT NULL,
  status review_status NOT NULL,
  rejection_reason text,
  helpful integer NOT NULL DEFAULT 0 CHECK (helpful >= 0),
  unhelpful integer NOT NULL DEFAULT 0 CHECK (unhelpful >= 0),
  seller_reply text,
  replied_at timestamptz(3),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);

CREATE UNIQUE INDEX reviews_one_per_product_and_author ON reviews (product_id, author_id);
CREATE INDEX reviews_newest ON reviews (product_id, status, created_at DESC, id DESC);
CREATE INDEX reviews_most_helpful ON reviews (product_id, status, helpful DESC, id DESC);
CREATE INDEX reviews_by_rating ON reviews (product_id, status, rating, id);
CREATE INDEX reviews_by_author ON reviews (author_id, created_at DESC, id DESC);
CREATE INDEX reviews_moderation_queue ON reviews (status, created_at, id);

CREATE TABLE votes (
  review_id text NOT NULL REFERENCES reviews (id) ON DELETE CASCADE ON UPDATE CASCADE,
  voter_id text NOT NULL,
  helpful boolean NOT NULL,
  PRIMARY KEY (review_id, voter_id)
);

CREATE TABLE purchases (
  customer_id text NOT NULL,
  product_id text NOT NULL,
  order_id text NOT NULL,
  purchased_at timestamptz(3) NOT NULL,
  PRIMARY KEY (customer_id, product_id)
);

CREATE TABLE product_ratings (
  product_id text PRIMARY KEY,
  seller_id text,
  one_star integer NOT NULL DEFAULT 0 CHECK (one_star >= 0),
  two_star integer NOT NULL DEFAULT 0 CHECK (two_star >= 0),
  three_star integer NOT NULL DEFAULT 0 CHECK (three_star >= 0),
  four_star integer NOT NULL DEFAULT 0 CHECK (four_star >= 0),
  five_star integer NOT NULL DEFAULT 0 CHECK (five_star >= 0),
  updated_at timestamptz(3) NOT NULL
);

CREATE INDEX product_ratings_by_seller ON product_ratings (seller_id);

CREATE TABLE outbox_events (
  position bigserial PRIMARY KEY,
  id text NOT NULL UNIQUE,
  type text NOT NULL,
  aggregate_type text NOT NULL,
  aggregate_id text NOT NULL,
  data jsonb NOT NULL,
  correlation_id text,
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
