import type { FormField } from '@zonedeck/shared/form'

// What a zone has beside its records: asked for when it is made, and among its settings.

export const description: FormField = { id: 'description', label: 'Description', kind: 'text', maxLength: 500 }
export const labels: FormField = {
  id: 'labels',
  label: 'Labels',
  help: 'One a line, as name=value.',
  kind: 'lines',
  mono: true,
  placeholder: 'env=production',
}
