-- When a person was last here: their sessions are swept away, this stays. NULL before the first time.
ALTER TABLE users ADD COLUMN last_seen_at TEXT;
UPDATE users SET last_seen_at = (SELECT MAX(last_seen_at) FROM sessions WHERE user_id = users.id);

-- There is always somebody who can let others in, whatever two owners do to one another at once.
CREATE TRIGGER users_keep_owner BEFORE UPDATE OF owner ON users
WHEN OLD.owner = 1 AND NEW.owner = 0 AND NOT EXISTS (SELECT 1 FROM users WHERE owner = 1 AND id <> OLD.id)
BEGIN SELECT RAISE(ABORT, 'last owner'); END;
CREATE TRIGGER users_keep_last_owner BEFORE DELETE ON users
WHEN OLD.owner = 1 AND NOT EXISTS (SELECT 1 FROM users WHERE owner = 1 AND id <> OLD.id)
BEGIN SELECT RAISE(ABORT, 'last owner'); END;

-- The one-time link of a person: a newer one takes its place, using it deletes it.
CREATE TABLE invitations (
  user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
);

-- Append-only: who let whom do what. People are named as they were called then, and stay when they are gone.
CREATE TABLE access_log (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  person_id TEXT NOT NULL,
  person TEXT NOT NULL,
  did TEXT NOT NULL,
  detail TEXT NOT NULL -- JSON
);
CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
-- INSERT OR REPLACE walks past both.
CREATE TRIGGER access_log_no_replace BEFORE INSERT ON access_log WHEN EXISTS (SELECT 1 FROM access_log WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
