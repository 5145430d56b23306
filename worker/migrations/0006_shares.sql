-- Links to read-only pages. Tokens are kept as their SHA-256; `content` is what was agreed when the link was made (JSON).
-- Of a passcode its slow hash. A link goes with the person who made it.
CREATE TABLE shares (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  badge_hash TEXT UNIQUE,
  content TEXT NOT NULL,
  passcode TEXT,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  max_views INTEGER,
  views INTEGER NOT NULL DEFAULT 0,
  last_view_at TEXT
);

-- What a token was exchanged for. Gone with its link, and with it at once.
CREATE TABLE share_sessions (
  token_hash TEXT PRIMARY KEY,
  share_id TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
  expires_at TEXT NOT NULL
);
CREATE INDEX share_sessions_by_share ON share_sessions (share_id);
