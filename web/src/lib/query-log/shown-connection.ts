/** The connection whose log is shown. */
export interface ShownConnection {
  id: string
  name: string
  tile: string
  label: string
  /** It filters by client: a row leads to why, and to the filter's draft. */
  filter: boolean
}
