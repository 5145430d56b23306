import type { AppKind } from './installed-app.ts'

/** Describes the app, and its one class, in its own words. */
const WORDS =
  "Logs all incoming DNS requests and their responses in a Sqlite database that can be queried from the DNS Server web console.\n\nNote! The query logging throughput is limited by the disk throughput on which the Sqlite db file is stored. This app is not recommended to be used with very high throughput (more than 20,000 requests/second).\n\nWarning! When 'enableVacuum' is set to 'true', the app will run 'VACUUM' command after deletion of records which will increase disk IO and may cause the app to not respond for a while. Its recommended to enable this feature periodically, only for a while as needed, to trim the db file size on disk."

const CONFIG = `{
  "enableLogging": true,
  "maxQueueSize": 200000,
  "maxLogDays": 7,
  "maxLogRecords": 10000,
  "enableVacuum": false,
  "useInMemoryDb": false,
  "sqliteDbPath": "querylogs.db",
  "connectionString": "Data Source='{sqliteDbPath}'; Cache=Shared;"
}
`

/** The app that logs queries into a database of its own. Its configuration is taken as it is. */
export const QUERY_LOGS: AppKind = {
  archive: /query-?logs/i,
  version: '9.1',
  classPath: 'QueryLogsSqlite.App',
  description: WORDS.split('\n', 1)[0] ?? '',
  about: WORDS,
  logs: true,
  firstConfig: CONFIG,
  load: () => undefined,
}
