import { Answer } from './simulator-answer.ts'

export function idOfZone(name: string): string {
  if (name === '.') return '=2E'
  return name.replace(/[^A-Za-z0-9.-]/g, (at) => `=${at.charCodeAt(0).toString(16).toUpperCase()}`)
}

export function zoneOfId(id: string): string {
  const name = id.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))).toLowerCase()
  return name.endsWith('.') ? name : `${name}.`
}

export function canonicalName(text: string): string {
  if (!text.endsWith('.')) throw new Answer(422, `DNS Name '${text}' is not canonical`)
  if (text.split('.').some((label) => label.length > 63)) throw new Answer(422, `Unable to parse DNS Name '${text}'`)
  return text.toLowerCase()
}

export function checkCharacters(name: string, wildcard: boolean): void {
  const rest = wildcard && name.startsWith('*.') ? name.slice(2) : name
  if (/[^a-z0-9_/.-]/.test(rest)) throw new Answer(422, `Name '${escaped(name)}' contains unsupported characters`)
}

function escaped(name: string): string {
  const bytes = [...new TextEncoder().encode(name)]
  return bytes
    .map((byte) => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`))
    .join('')
}

export function isPartOf(name: string, zone: string): boolean {
  return zone === '.' || name === zone || name.endsWith(`.${zone}`)
}

/** As it is said in sentences. */
export function withoutDot(name: string): string {
  return name.length > 1 && name.endsWith('.') ? name.slice(0, -1) : name
}
