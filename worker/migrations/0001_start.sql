-- Times are RFC 3339 UTC text. Tokens are stored as SHA-256 only.

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE, -- lower case: two people never differ by case alone
  owner INTEGER NOT NULL DEFAULT 0,
  password TEXT, -- PHC string, or NULL for passkeys alone
  created_at TEXT NOT NULL
);

CREATE TABLE passkeys (
  id TEXT PRIMARY KEY, -- credential id, base64url
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  public_key TEXT NOT NULL, -- base64url
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL, -- JSON array
  created_at TEXT NOT NULL
);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  remember INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  authenticated_at TEXT NOT NULL, -- when the person last proved who they are
  device TEXT NOT NULL,
  network TEXT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

-- Challenges of passkey ceremonies: used once, five minutes.
CREATE TABLE challenges (
  token_hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  challenge TEXT NOT NULL,
  user_name TEXT,
  expires_at TEXT NOT NULL
);

-- The ladder none < view < edit < full. `*` stands for every connection or zone; owners need no row.
CREATE TABLE rights (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  connection_id TEXT NOT NULL,
  zone TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('none', 'view', 'edit', 'full')),
  PRIMARY KEY (user_id, connection_id, zone)
);

CREATE TABLE connections (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  provider TEXT NOT NULL,
  url TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('panel', 'sandbox')),
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

-- One sealed value each: AES-256-GCM under a key of its own, which the key ring's active key wraps.
CREATE TABLE credentials (
  connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  field TEXT NOT NULL, -- a field of the provider, or `header:<name>`
  kek_id TEXT NOT NULL,
  wrapped_key TEXT NOT NULL,
  sealed TEXT NOT NULL,
  hint TEXT,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (connection_id, field)
);

-- Append-only: what was changed, by whom, from what to what. Long texts are cut into parts.
CREATE TABLE history (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  connection_name TEXT NOT NULL,
  zone TEXT NOT NULL,
  state TEXT NOT NULL,
  operation TEXT, -- JSON
  operation_result TEXT, -- JSON
  creates INTEGER NOT NULL,
  modifies INTEGER NOT NULL,
  deletes INTEGER NOT NULL,
  accepted TEXT NOT NULL -- JSON
);
CREATE INDEX history_zone ON history (connection_id, zone, at);
CREATE INDEX history_at ON history (at);

CREATE TABLE history_parts (
  history_id TEXT NOT NULL REFERENCES history (id),
  part INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (history_id, part)
);

-- INSERT OR REPLACE walks past UPDATE and DELETE triggers: an insert over an existing id is refused too.
CREATE TRIGGER history_no_update BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_no_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_no_replace BEFORE INSERT ON history WHEN EXISTS (SELECT 1 FROM history WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_parts_no_update BEFORE UPDATE ON history_parts BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_parts_no_delete BEFORE DELETE ON history_parts BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_parts_no_replace BEFORE INSERT ON history_parts
WHEN EXISTS (SELECT 1 FROM history_parts WHERE history_id = NEW.history_id AND part = NEW.part)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

-- Small facts of the instance, such as whether setup is done.
CREATE TABLE facts (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
