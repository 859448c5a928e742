CREATE TYPE product_status AS ENUM ('DRAFT', 'ACTIVE', 'ARCHIVED');
CREATE TYPE option_kind AS ENUM ('CHOICE', 'CUSTOMIZATION');
CREATE TYPE import_status AS ENUM ('AWAITING_FILE', 'RECEIVING', 'QUEUED', 'RUNNING', 'DONE', 'FAILED');

CREATE TABLE brands (
  id text PRIMARY KEY,
  slug text NOT NULL,
  name text NOT NULL,
  description text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);

CREATE UNIQUE INDEX brands_slug_key ON brands (slug);
CREATE INDEX brands_by_name ON brands (name, id);

CREATE TABLE categories (
  id text PRIMARY KEY,
  slug text NOT NULL,
  name text NOT NULL,
  description text,
  parent_id text REFERENCES categories (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  lft integer NOT NULL,
  rgt integer NOT NULL,
  depth integer NOT NULL CHECK (depth >= 0),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CHECK (lft < rgt)
);

CREATE UNIQUE INDEX categories_slug_key ON categories (slug);
CREATE INDEX categories_tree ON categories (lft, rgt);
CREATE INDEX categories_children ON categories (parent_id, lft);

CREATE TABLE seller_standings (
  seller_id text PRIMARY KEY,
  suspended boolean NOT NULL,
  as_of timestamptz(3) NOT NULL
);

CREATE TABLE products (
  id text PRIMARY KEY,
  slug text NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  description_html text NOT NULL DEFAULT '',
  description_text text NOT NULL DEFAULT '',
  status product_status NOT NULL,
  withheld boolean NOT NULL DEFAULT false,
  featured boolean NOT NULL DEFAULT false,
  metadata jsonb,
  seo_title text,
  seo_description text,
  seo_canonical_url text,
  seo_no_index boolean NOT NULL DEFAULT false,
  category_id text REFERENCES categories (id) ON DELETE SET NULL ON UPDATE CASCADE,
  brand_id text REFERENCES brands (id) ON DELETE SET NULL ON UPDATE CASCADE,
  seller_id text,
  tags text[] NOT NULL DEFAULT '{}',
  keywords text NOT NULL DEFAULT '',
  option_terms text[] NOT NULL DEFAULT '{}',
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  price_min_minor bigint NOT NULL DEFAULT 0,
  price_max_minor bigint NOT NULL DEFAULT 0,
  default_variant_id text,
  in_stock boolean,
  stock_as_of timestamptz(3),
  rating double precision NOT NULL DEFAULT 0,
  rating_average double precision,
  rating_as_of timestamptz(3),
  units_sold integer NOT NULL DEFAULT 0,
  sold_as_of timestamptz(3),
  source text,
  source_handle text,
  source_hash text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  listed boolean NOT NULL GENERATED ALWAYS AS (status = 'ACTIVE' AND NOT withheld AND default_variant_id IS NOT NULL) STORED,
  search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('english', name), 'A')
    || setweight(to_tsvector('english', keywords), 'B')
    || setweight(to_tsvector('english', left(description_text, 50000)), 'D')
  ) STORED
);

CREATE UNIQUE INDEX products_slug_key ON products (slug);
-- An import finds the product a row of its file became; two sellers may use the same handle.
CREATE UNIQUE INDEX products_one_per_source_handle ON products (source, coalesce(seller_id, ''), source_handle)
  WHERE source_handle IS NOT NULL;
CREATE INDEX products_of_seller ON products (seller_id, created_at DESC, id DESC);
CREATE INDEX products_search ON products USING gin (search);
CREATE INDEX products_by_tag ON products USING gin (tags);
CREATE INDEX products_by_option ON products USING gin (option_terms);
-- One for each order the public lists know; the id breaks ties.
CREATE INDEX products_newest ON products (created_at DESC, id DESC) WHERE listed;
CREATE INDEX products_by_price ON products (price_min_minor, id) WHERE listed;
CREATE INDEX products_by_name ON products (lower(name), id) WHERE listed;
CREATE INDEX products_best_selling ON products (units_sold DESC, id DESC) WHERE listed;
CREATE INDEX products_top_rated ON products (rating DESC, id DESC) WHERE listed;
CREATE INDEX products_featured ON products (created_at DESC, id DESC) WHERE listed AND featured;
CREATE INDEX products_in_category ON products (category_id, units_sold DESC, id DESC) WHERE listed;
CREATE INDEX products_of_brand ON products (brand_id, units_sold DESC, id DESC) WHERE listed;
CREATE INDEX products_named ON products (lower(name) text_pattern_ops) WHERE listed;

CREATE TABLE options (
  id text PRIMARY KEY,
  product_id text NOT NULL REFERENCES products (id) ON DELETE CASCADE ON UPDATE CASCADE,
  kind option_kind NOT NULL,
  name text NOT NULL,
  required boolean NOT NULL DEFAULT false,
  position integer NOT NULL
);

CREATE UNIQUE INDEX options_one_per_name ON options (product_id, kind, name);

CREATE TABLE option_values (
  id text PRIMARY KEY,
  option_id text NOT NULL REFERENCES options (id) ON DELETE CASCADE ON UPDATE CASCADE,
  value text NOT NULL,
  hex text CHECK (hex ~ '^#[0-9a-f]{6}$'),
  price_adjustment_minor bigint NOT NULL DEFAULT 0,
  position integer NOT NULL
);

CREATE UNIQUE INDEX option_values_one_per_value ON option_values (option_id, value);

CREATE TABLE variants (
  id text PRIMARY KEY,
  product_id text NOT NULL REFERENCES products (id) ON DELETE CASCADE ON UPDATE CASCADE,
  sku text NOT NULL,
  name text NOT NULL,
  option_value_ids text[] NOT NULL DEFAULT '{}',
  position integer NOT NULL,
  weight_grams integer NOT NULL DEFAULT 0 CHECK (weight_grams >= 0),
  barcode text,
  requires_shipping boolean NOT NULL DEFAULT true,
  taxable boolean NOT NULL DEFAULT true,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  price_minor bigint NOT NULL CHECK (price_minor >= 0),
  compare_at_minor bigint,
  cost_minor bigint,
  active boolean NOT NULL DEFAULT true,
  sellable integer,
  in_stock boolean,
  stock_as_of timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);

CREATE UNIQUE INDEX variants_sku_key ON variants (sku);
CREATE INDEX variants_of_product ON variants (product_id, position, id);

CREATE TABLE variant_prices (
  variant_id text NOT NULL REFERENCES variants (id) ON DELETE CASCADE ON UPDATE CASCADE,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  min_quantity integer NOT NULL CHECK (min_quantity >= 1),
  price_minor bigint NOT NULL CHECK (price_minor >= 0),
  compare_at_minor bigint,
  PRIMARY KEY (variant_id, currency, min_quantity)
);

CREATE TABLE import_jobs (
  id text PRIMARY KEY,
  user_id text NOT NULL,
  seller_id text,
  file_name text NOT NULL,
  bytes bigint NOT NULL,
  dry_run boolean NOT NULL,
  status import_status NOT NULL,
  token_hash text,
  token_expires_at timestamptz(3),
  file_path text,
  total integer,
  processed integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  created integer NOT NULL DEFAULT 0,
  updated integer NOT NULL DEFAULT 0,
  unchanged integer NOT NULL DEFAULT 0,
  variants integer NOT NULL DEFAULT 0,
  errors integer NOT NULL DEFAULT 0,
  warnings integer NOT NULL DEFAULT 0,
  failure text,
  heartbeat_at timestamptz(3),
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL,
  started_at timestamptz(3),
  finished_at timestamptz(3)
);

CREATE INDEX import_jobs_unfinished ON import_jobs (created_at) WHERE status IN ('QUEUED', 'RUNNING');

CREATE TABLE import_issues (
  job_id text NOT NULL REFERENCES import_jobs (id) ON DELETE CASCADE ON UPDATE CASCADE,
  sequence integer NOT NULL,
  "row" integer NOT NULL,
  line integer NOT NULL,
  handle text,
  column_heading text,
  code text NOT NULL,
  severity text NOT NULL,
  message text NOT NULL,
  PRIMARY KEY (job_id, sequence)
);

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
