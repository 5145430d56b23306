import { defineType, type TypeModule } from './define.ts'
import { bytesToText, quote, textToBytes } from './fields/escapes.ts'
import { readBytes } from './fields/numbers.ts'
import { quickStrings } from './fields/quick.ts'
import { printStrings, takeStrings } from './fields/texts.ts'
import { readTokens } from './fields/tokens.ts'
import type { Field } from './record-type.ts'

const textField: Field = {
  id: 'text',
  label: 'Text',
  kind: 'longtext',
  help: 'One text of any length; it is split for the wire by itself. Other bytes are written \\DDD.',
  placeholder: 'v=spf1 mx -all',
}

/**
 * The strings of a TXT, as bytes, in their own boundaries. `rdata` is any presentation text; throws RdataError.
 */
export function txtStrings(rdata: string): number[][] {
  return takeStrings(readTokens(rdata, '.'), textField)
}

/** The one long text a person sees: all strings joined, UTF-8 shown as such, other bytes as `\DDD`. Throws RdataError. */
export function txtToText(rdata: string): string {
  return bytesToText(txtStrings(rdata).flat())
}

/** What a person typed → canonical rdata: quoted strings of at most 255 bytes. */
export function textToTxt(text: string): string {
  return printStrings(textToBytes(text))
}

/** TXT and its twin SPF: the form joins the strings, but a record that nobody touched keeps its own boundaries. */
export function defineText(type: string, label: string, help: string): TypeModule {
  return {
    ...defineType({ type, label, help, fields: [textField] }),
    canonical: (text) => quickStrings(text) ?? txtStrings(text).map(quote).join(' '),
    encode(rdata) {
      const out: number[] = []
      for (const bytes of txtStrings(rdata)) {
        out.push(bytes.length)
        for (const byte of bytes) out.push(byte)
      }
      return out
    },
    decode(bytes) {
      const reader = { bytes, at: 0, end: bytes.length }
      const strings: string[] = []
      while (reader.at < reader.end || strings.length === 0) {
        const [length = 0] = readBytes(reader, 1)
        strings.push(quote(readBytes(reader, length)))
      }
      return strings.join(' ')
    },
  }
}

export const txt = defineText('TXT', 'Text', 'Any text: SPF, DKIM, proofs of ownership.')
