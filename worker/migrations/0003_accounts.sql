-- Names of accounts on a server that were seen through a connection: some servers have no call that lists them.
CREATE TABLE seen_accounts (
  connection_id TEXT NOT NULL,
  name TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (connection_id, name)
);
