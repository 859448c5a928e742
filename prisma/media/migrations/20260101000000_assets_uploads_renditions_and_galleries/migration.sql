CREATE TYPE asset_kind AS ENUM ('IMAGE', 'VIDEO', 'MODEL', 'TEXTURE', 'ANIMATION', 'DOCUMENT');
CREATE TYPE asset_status AS ENUM ('PENDING', 'READY', 'FAILED');
CREATE TYPE upload_purpose AS ENUM ('PRODUCT', 'PROFILE', 'REVIEW', 'BRAND', 'IMPORT');
CREATE TYPE upload_status AS ENUM ('OPEN', 'RECEIVED', 'COMPLETED');
CREATE TYPE rendition_format AS ENUM ('WEBP', 'AVIF', 'JPEG');

CREATE TABLE assets (
  id text PRIMARY KEY,
  kind asset_kind NOT NULL,
  status asset_status NOT NULL,
  owner_id text,
  purpose upload_purpose NOT NULL,
  is_public boolean NOT NULL,
  content_hash text CHECK (content_hash ~ '^[0-9a-f]{64}$'),
  mime_type text,
  file_size bigint CHECK (file_size >= 0),
  width integer CHECK (width > 0),
  height integer CHECK (height > 0),
  dominant_color text CHECK (dominant_color ~ '^#[0-9a-f]{6}$'),
  alt text,
  source_url text,
  origin_key text,
  fetch_attempts integer NOT NULL DEFAULT 0,
  next_fetch_at timestamptz(3),
  unused_since timestamptz(3),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT assets_can_be_shown CHECK (content_hash IS NOT NULL OR source_url IS NOT NULL),
  CONSTRAINT assets_ready_are_stored CHECK (status <> 'READY' OR content_hash IS NOT NULL)
);

CREATE UNIQUE INDEX assets_one_per_origin ON assets (origin_key);
CREATE INDEX assets_by_owner ON assets (owner_id);
CREATE INDEX assets_by_content ON assets (content_hash);
CREATE INDEX assets_to_fetch ON assets (next_fetch_at) WHERE status = 'PENDING';
CREATE INDEX assets_unused ON assets (unused_since) WHERE unused_since IS NOT NULL;

CREATE TABLE uploads (
  id text PRIMARY KEY,
  owner_id text NOT NULL,
  purpose upload_purpose NOT NULL,
  file_name text NOT NULL,
  mime_type text NOT NULL,
  bytes integer NOT NULL CHECK (bytes > 0),
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  status upload_status NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  content_hash text CHECK (content_hash ~ '^[0-9a-f]{64}$'),
  file_size bigint,
  width integer,
  height integer,
  dominant_color text,
  asset_id text,
  expires_at timestamptz(3) NOT NULL,
  received_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT uploads_received_are_stored CHECK (status = 'OPEN' OR content_hash IS NOT NULL),
  CONSTRAINT uploads_completed_have_an_asset CHECK (status <> 'COMPLETED' OR asset_id IS NOT NULL)
);

CREATE INDEX uploads_by_owner ON uploads (owner_id, status);
CREATE INDEX uploads_by_age ON uploads (created_at);
CREATE INDEX uploads_by_content ON uploads (content_hash);

CREATE TABLE renditions (
  id text PRIMARY KEY,
  asset_id text NOT NULL REFERENCES assets (id) ON DELETE CASCADE ON UPDATE CASCADE,
  format rendition_format NOT NULL,
  width integer NOT NULL CHECK (width > 0),
  content_hash text NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
  file_size bigint NOT NULL,
  pixel_width integer NOT NULL,
  pixel_height integer NOT NULL,
  processing_millis integer NOT NULL,
  created_at timestamptz(3) NOT NULL
);

CREATE UNIQUE INDEX renditions_one_per_asset_width_and_format ON renditions (asset_id, width, format);
CREATE INDEX renditions_by_content ON renditions (content_hash);

CREATE TABLE products (
  product_id text PRIMARY KEY,
  seller_id text,
  catalog_version integer NOT NULL DEFAULT 0
);

CREATE TABLE product_media (
  product_id text NOT NULL,
  asset_id text NOT NULL REFERENCES assets (id) ON DELETE CASCADE ON UPDATE CASCADE,
  position integer NOT NULL CHECK (position >= 0),
  PRIMARY KEY (product_id, asset_id)
);

CREATE INDEX product_media_in_order ON product_media (product_id, position);
CREATE INDEX product_media_by_asset ON product_media (asset_id);

CREATE TABLE variant_images (
  variant_id text PRIMARY KEY,
  product_id text NOT NULL,
  asset_id text NOT NULL REFERENCES assets (id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX variant_images_by_product ON variant_images (product_id);
CREATE INDEX variant_images_by_asset ON variant_images (asset_id);

CREATE TABLE avatars (
  user_id text PRIMARY KEY,
  asset_id text NOT NULL REFERENCES assets (id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX avatars_by_asset ON avatars (asset_id);

CREATE TABLE brand_logos (
  brand_id text PRIMARY KEY,
  asset_id text NOT NULL REFERENCES assets (id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX brand_logos_by_asset ON brand_logos (asset_id);

-- Content that may belong to nothing: written before a file is stored and when something lets go of it,
-- so that neither a crash nor a deletion leaves files behind for good.
CREATE TABLE doubtful_blobs (
  content_hash text PRIMARY KEY,
  since timestamptz(3) NOT NULL
);

CREATE INDEX doubtful_blobs_by_age ON doubtful_blobs (since);

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
