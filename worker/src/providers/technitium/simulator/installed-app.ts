/** Apps that extend the server. Only those of the table below can be installed here. */
export interface InstalledApp {
  name: string
  kind: AppKind
  /** As it was set; null when it never was, or was emptied. */
  config: string | null
  /** Milliseconds. */
  installedAt: number
}

export interface AppKind {
  /** In the name of an archive that holds it. */
  archive: RegExp
  version: string
  classPath: string
  description: string
  /** Of the whole app; null where it has none. */
  about: string | null
  /** It keeps a log of queries that can be read; other apps answer queries. */
  logs: boolean
  /** What it is configured with at first. */
  firstConfig: string | null
  /** Takes a configuration or throws; the server keeps it only then. */
  load: (config: string | null) => void
}
