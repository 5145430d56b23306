import { compareText } from './keys.ts'

/**
 * JSON with sorted keys and without what is undefined: values that say the same give the same text, on every machine.
 * For data that came out of JSON.
 */
export function stableJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => stableJson(item ?? null)).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const parts = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, item]) => `${JSON.stringify(key)}:${stableJson(item)}`)
  return `{${parts.join(',')}}`
}
