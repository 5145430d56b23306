-- Tokens of scripts, each for the filter of one connection. The operator's connections are in no table.
CREATE TABLE filter_tokens (
  id TEXT PRIMARY KEY,
  connection_id TEXT NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  token_hash TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- who made it: it may no more than they may
  created_at TEXT NOT NULL,
  last_used_at TEXT,
  UNIQUE (connection_id, name)
);
