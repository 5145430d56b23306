/** One row of a difference between two states of what an operation is about; null where it has no such thing. */
export interface StateRow {
  /** Unlike that of every other row. */
  label: string
  before: string | null
  after: string | null
}
