import type { Right } from '@zonedeck/shared/connection'

/** The ladder as it is offered. */
export const ladder: readonly { value: Right; label: string }[] = [
  { value: 'none', label: 'None' },
  { value: 'view', label: 'View' },
  { value: 'edit', label: 'Edit' },
  { value: 'full', label: 'Full' },
]

/** What a step of it means on a connection. */
export const meaning: Readonly<Record<Right, string>> = {
  none: 'Does not see its zones.',
  view: 'Sees zones, records and history, and changes nothing.',
  edit: 'Changes records. Does not create or delete zones.',
  full: 'Changes records, creates and deletes zones. Its credentials stay with the owners.',
}
