import type { Capabilities, Refusal } from './capabilities.ts'

// Apart from the schemas, so that a page which only asks does not load the schema library.

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'reason' in value
}

/** Why a record type cannot be written with these capabilities, or null when it can. */
export function typeRefusal(capabilities: Capabilities, type: string): Refusal | null {
  const support = Object.hasOwn(capabilities.types, type) ? capabilities.types[type] : capabilities.unknownTypes
  return support === true || support === undefined ? null : support
}
