-- DS records that were seen at a zone's parent: once they are gone, resolvers may still hold them for their TTL.
CREATE TABLE ds_seen (
  zone TEXT PRIMARY KEY,
  ttl INTEGER NOT NULL, -- seconds, the longest that was seen
  seen_at TEXT NOT NULL,
  gone_at TEXT -- when they were first found to be gone
);
