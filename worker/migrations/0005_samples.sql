-- What a server without a history of its own counted between two readings. A row a stretch: a minute, a quarter of an
-- hour or an hour long, longer where nobody could read in between. Times are seconds since 1970. No rowid: one row written
-- a sample instead of two.
CREATE TABLE samples (
  connection_id TEXT NOT NULL,
  step INTEGER NOT NULL, -- 60, 900 or 3600
  at INTEGER NOT NULL,
  until INTEGER NOT NULL,
  counts TEXT NOT NULL, -- JSON: a measure, `type:A` or `protocol:UDP` to how often
  PRIMARY KEY (connection_id, step, at)
) WITHOUT ROWID;
