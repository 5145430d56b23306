/** Apps that extend the server. Only those of the table below can be installed here. */
export interface InstalledApp {
  name: string
  kind: AppKind
  /** As it was set; null when it never was, or was emptied. */
  config: string | null
}

export interface AppKind {
  /** In the name of an archive that holds it. */
  archive: RegExp
  version: string
  classPath: string
  description: string
  /** Takes a configuration or throws; the server keeps it only then. */
  load: (config: string | null) => void
}
