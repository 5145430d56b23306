/** A connection, as the dashboard needs to know it. */
export interface ShownServer {
  id: string
  name: string
  tile: string
  label: string
  /** Counts queries; others only tell what they hold. */
  counts: boolean
  /** May be changed by this person, and so be shown to others. */
  edit: boolean
  /** Its filter can be tested. */
  filter: boolean
  /** It keeps a log of queries, or an app of it may. */
  log: boolean
}
