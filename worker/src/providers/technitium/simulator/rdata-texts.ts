import { ServerError } from './errors.ts'
import { quoted, type Rdata } from './rdata.ts'

const MAX_STRING = 255

/** Every UTF-16 unit outside of ASCII becomes a question mark: the server destroys such text. */
export function toAsciiBytes(text: string): string {
  return text.replace(/[^\u0000-\u007f]/g, '?')
}

/** One text, cut by the server. */
export function txtFromText(text: string): Rdata {
  const ascii = toAsciiBytes(text)
  const strings: string[] = []
  for (let at = 0; at < ascii.length; at += MAX_STRING) strings.push(ascii.slice(at, at + MAX_STRING))
  return txtRdata(strings)
}

/** Strings kept as they are, also outside of ASCII: the damage is then done on the wire only. */
export function txtFromStrings(strings: string[]): Rdata {
  if (strings.some((string) => string.length > MAX_STRING)) {
    throw new ServerError('TXT record character-string length cannot exceed 255 bytes.')
  }
  return txtRdata(strings)
}

function txtRdata(strings: string[]): Rdata {
  return {
    key: JSON.stringify(strings),
    json: {
      text: strings.length === 0 ? null : strings.join(''),
      splitText: strings.length > 1,
      characterStrings: strings,
    },
    print: () => strings.map(quoted).join(' '),
  }
}

/** The text of `splitText=true`: a string a line, with `\n`, `\r`, `\t` and `\\` in it. */
export function splitStrings(text: string): string[] {
  return text
    .split(/[\r\n]/)
    .filter((line) => line !== '')
    .map((line) => line.replace(/\\([nrt\\])/g, (_, letter: string) => ESCAPES[letter]!))
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\' }

export function hinfoRdata(cpu: string, os: string): Rdata {
  const text = `${quoted(cpu)} ${quoted(os)}`
  return {
    key: `hinfo ${text}`,
    json: { dataType: 'DnsHINFORecordData', data: text },
    print: () => text,
  }
}

export function caaRdata(flags: number, tagText: string, value: string): Rdata {
  if (tagText === '') throw new ServerError('CAA tag length must be at least 1.')
  const tag = tagText.toLowerCase()
  return {
    key: JSON.stringify([flags, tag, value]),
    json: { flags, tag, value },
    print: () => `${flags} ${tag} ${quoted(value)}`,
  }
}

export function parseUri(text: string): string {
  if (!URL.canParse(text)) {
    throw new ServerError('Invalid URI: The format of the URI could not be determined.')
  }
  return new URL(text).href
}

export function uriRdata(priority: number, weight: number, uri: string): Rdata {
  return {
    key: `${priority} ${weight} ${uri}`,
    json: { priority, weight, uri },
    print: () => `${priority} ${weight} "${uri}"`,
  }
}

export function appRdata(appName: string, classPath: string, data: string): Rdata {
  if (/^[{[]/.test(data)) {
    try {
      JSON.parse(data)
    } catch (error) {
      throw new ServerError(error instanceof Error ? error.message : String(error))
    }
  }
  const base64 = data === '' ? '-' : btoa(String.fromCharCode(...new TextEncoder().encode(data)))
  return {
    key: JSON.stringify([appName, classPath, data]),
    json: { appName, classPath, data },
    print: () => `${quoted(appName)} ${quoted(classPath)} ${base64}`,
  }
}
