import type { FormValue, FormValues } from '@zonedeck/shared/form'
import type { DnsProvider } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import type { Addresses } from './addresses.ts'
import type { Call } from './call.ts'
import { description, labels } from './fields.ts'

/**
 * Description and labels of a zone. Only the way of addressing that Thalassa's own programs use has a call to write them.
 */
export function makeSettings(call: Call, addresses: Addresses): NonNullable<DnsProvider['settings']> {
  return {
    async read(zone) {
      const { way, head } = await addresses.readZone(zone)
      const fixed = way === 'docs' ? { fixed: 'This server has no call to change it.' } : {}
      const facts = {
        Identity: head.identity,
        'Name in the console': head.slug,
        Project: head.projectId,
        Created: head.createdAt,
        ...Object.fromEntries(
          Object.entries(head.annotations ?? {}).map(([name, value]) => [`Annotation ${name}`, value]),
        ),
      }
      return {
        fields: [
          { ...description, value: head.description ?? '', ...fixed },
          { ...labels, value: linesOf(head.labels ?? {}), ...fixed },
        ],
        facts: Object.entries(facts).flatMap(([label, value]) => (value ? [{ label, value }] : [])),
      }
    },

    async write(zone, values) {
      const { path, head } = await addresses.readZone(zone)
      // All three are always sent, annotations as they are: whether a PUT keeps or clears what is left out is not said.
      const body = {
        description: textOf(values.description) ?? head.description ?? '',
        labels: labelsOf(values.labels) ?? head.labels ?? {},
        annotations: head.annotations ?? {},
      }
      await call({ method: 'PUT', path, body, idempotent: true })
    },
  }
}

/** What a new zone is made with, beside its name. Throws `refused` for a label that is none. */
export function metadataOf(values: FormValues): { description?: string; labels?: Record<string, string> } {
  const [text, map] = [textOf(values.description), labelsOf(values.labels)]
  return { ...(text ? { description: text } : {}), ...(map ? { labels: map } : {}) }
}

const textOf = (value: FormValue | undefined) => (typeof value === 'string' ? value : undefined)

const linesOf = (map: Readonly<Record<string, string>>) =>
  Object.entries(map).map(([name, value]) => `${name}=${value}`)

function labelsOf(lines: FormValue | undefined): Record<string, string> | undefined {
  if (!Array.isArray(lines)) return undefined
  const pairs = lines.map((line) => {
    const [, name, value] = /^([^=\s]+)\s*=\s*(.*)$/.exec(line.trim()) ?? []
    if (name !== undefined && value !== undefined) return [name, value] as const
    throw new ProviderError('refused', `“${line.slice(0, 60)}” is no label. Write it as name=value.`, {
      field: 'labels',
    })
  })
  return Object.fromEntries(pairs)
}
