import { visibleParts } from '@zonedeck/shared/visible'

const encoder = new TextEncoder()

/** How long a text is, and in how many strings of 255 bytes it goes on the wire (RFC 1035 §3.3.14). */
export function textSize(text: string): { characters: number; bytes: number; strings: number } {
  // `\DDD` stands for one byte that is no text.
  const bytes = encoder.encode(text.replace(/\\\d{3}/g, '?')).length
  return { characters: [...text].length, bytes, strings: Math.max(1, Math.ceil(bytes / 255)) }
}

/** Are there characters in it that cannot be seen, or that turn the reading direction? */
export function hasHidden(text: string): boolean {
  return visibleParts(text).some(({ kind }) => kind !== 'text')
}
