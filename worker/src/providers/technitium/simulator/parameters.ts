import { ServerError } from './errors.ts'

/** The parameters of one call: the query first, then the form; names in any case; an empty value counts as missing. */
export interface Parameters {
  /** As sent, `null` when it is not there at all. The few calls that take an empty text for a value use this. */
  raw(name: string): string | null
  text(name: string): string
  text(name: string, otherwise: string): string
  /** With a second name for the same parameter. */
  either(name: string, alias: string): string
  either(name: string, alias: string, otherwise: string): string
  read<T>(name: string, parse: (text: string) => T): T
  read<T>(name: string, parse: (text: string) => T, otherwise: T): T
  /** `null` when it is missing or empty. */
  optional<T>(name: string, parse: (text: string) => T): T | null
}

function missing(name: string): ServerError {
  return new ServerError(`Parameter '${name}' missing.`)
}

export function makeParameters(query: URLSearchParams, form: URLSearchParams | null): Parameters {
  const values = new Map<string, string>()
  for (const source of [form, query]) {
    const fresh = new Map<string, string[]>()
    for (const [name, value] of source ?? []) {
      const key = name.toLowerCase()
      fresh.set(key, [...(fresh.get(key) ?? []), value])
    }
    for (const [key, list] of fresh) values.set(key, list.join(','))
  }
  const raw = (name: string) => values.get(name.toLowerCase()) ?? null
  const optional = <T>(name: string, parse: (text: string) => T): T | null => {
    const value = raw(name)
    return value === null || value === '' ? null : parse(value)
  }
  const same = (text: string) => text

  return {
    raw,
    optional,
    text(name: string, otherwise?: string): string {
      const value = optional(name, same) ?? otherwise
      if (value === undefined) throw missing(name)
      return value
    },
    either(name: string, alias: string, otherwise?: string): string {
      const value = optional(name, same) ?? optional(alias, same) ?? otherwise
      if (value === undefined) throw missing(name)
      return value
    },
    read<T>(name: string, parse: (text: string) => T, otherwise?: T): T {
      const value = optional(name, parse) ?? otherwise
      if (value === undefined) throw missing(name)
      return value
    },
  }
}
