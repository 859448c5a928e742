CREATE TYPE user_role AS ENUM ('customer', 'seller', 'staff', 'admin');
CREATE TYPE user_status AS ENUM ('PENDING', 'ACTIVE', 'SUSPENDED', 'ERASED');
CREATE TYPE seller_status AS ENUM ('APPLIED', 'UNDER_REVIEW', 'VERIFIED', 'REJECTED', 'SUSPENDED');

CREATE TABLE users (
  id text PRIMARY KEY,
  email text,
  email_key text,
  password_hash text,
  first_name text,
  last_name text,
  display_name text NOT NULL,
  phone text,
  role user_role NOT NULL DEFAULT 'customer',
  status user_status NOT NULL DEFAULT 'PENDING',
  email_verified boolean NOT NULL DEFAULT false,
  preferences jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  -- Erasure empties the address; until then every account has one.
  CHECK (status = 'ERASED' OR (email IS NOT NULL AND email_key IS NOT NULL))
);

CREATE UNIQUE INDEX users_one_per_email ON users (email_key);
CREATE INDEX users_by_role ON users (role, id);
CREATE INDEX users_by_status ON users (status, id);

CREATE TABLE sessions (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  user_agent text,
  ip text,
  created_at timestamptz(3) NOT NULL,
  last_seen_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3)
);

CREATE INDEX sessions_by_user ON sessions (user_id, last_seen_at DESC, id DESC);
CREATE INDEX sessions_expired ON sessions (expires_at);

CREATE TABLE refresh_tokens (
  token_hash text PRIMARY KEY,
  session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE ON UPDATE CASCADE,
  issued_at timestamptz(3) NOT NULL,
  used_at timestamptz(3)
);

CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);
-- At most one token of a session can still be used: two live chains cannot exist.
CREATE UNIQUE INDEX refresh_tokens_one_unused ON refresh_tokens (session_id) WHERE used_at IS NULL;

CREATE TABLE login_throttles (
  key text PRIMARY KEY,
  attempts integer NOT NULL CHECK (attempts >= 0),
  window_ends_at timestamptz(3) NOT NULL
);

CREATE INDEX login_throttles_over ON login_throttles (window_ends_at);

CREATE TABLE addresses (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  label text,
  full_name text NOT NULL,
  phone text,
  street text NOT NULL,
  street2 text,
  city text NOT NULL,
  state text,
  zip text NOT NULL,
  country text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  default_shipping boolean NOT NULL DEFAULT false,
  default_billing boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);

CREATE INDEX addresses_by_user ON addresses (user_id, id);
CREATE UNIQUE INDEX addresses_one_default_shipping ON addresses (user_id) WHERE default_shipping;
CREATE UNIQUE INDEX addresses_one_default_billing ON addresses (user_id) WHERE default_billing;

CREATE TABLE sellers (
  id text PRIMARY KEY,
  owner_id text NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  slug text NOT NULL,
  business_name text NOT NULL,
  about text,
  tax_id text NOT NULL,
  status seller_status NOT NULL DEFAULT 'APPLIED',
  status_reason text,
  commission_basis_points integer NOT NULL DEFAULT 1000 CHECK (commission_basis_points BETWEEN 0 AND 10000),
  verified_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);

CREATE UNIQUE INDEX sellers_one_per_owner ON sellers (owner_id);
CREATE UNIQUE INDEX sellers_one_per_slug ON sellers (slug);
CREATE INDEX sellers_by_status ON sellers (status, id);

CREATE TABLE signing_keys (
  kid text PRIMARY KEY,
  public_key jsonb NOT NULL,
  private_key text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  signs_from timestamptz(3) NOT NULL
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
