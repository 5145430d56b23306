/** One parameter of an SVCB or HTTPS record as it is typed: the value without its quotes, empty when there is none. */
export interface ServiceParam {
  key: string
  value: string
}

/** The keys to choose from, with what their value looks like (RFC 9460 §14.3.2); an empty example: the key has no value. */
export const serviceKeys: readonly { key: string; label: string; example: string }[] = [
  { key: 'alpn', label: 'alpn: protocols', example: 'h2,h3' },
  { key: 'port', label: 'port: another port', example: '8443' },
  { key: 'ipv4hint', label: 'ipv4hint: IPv4 addresses', example: '192.0.2.1' },
  { key: 'ipv6hint', label: 'ipv6hint: IPv6 addresses', example: '2001:db8::1' },
  { key: 'ech', label: 'ech: Encrypted Client Hello', example: 'AEX+DQA…' },
  { key: 'dohpath', label: 'dohpath: path of DNS over HTTPS', example: '/dns-query{?dns}' },
  { key: 'no-default-alpn', label: 'no-default-alpn: only what alpn lists', example: '' },
  { key: 'mandatory', label: 'mandatory: keys a client must know', example: 'alpn,port' },
]

const param = /([^\s="]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*)))?(?:\s+|$)/gsy

/** The text of a parameters field as rows; null when it cannot be taken apart without losing something. */
export function splitParams(text: string): ServiceParam[] | null {
  const rows: ServiceParam[] = []
  let read = 0
  for (const [whole, key = '', quoted, plain] of text.trim().matchAll(param)) {
    rows.push({ key, value: quoted ?? plain ?? '' })
    read += whole.length
  }
  return read === text.trim().length ? rows : null
}

/** Rows as the text of the field: `key=value`, quoted where a space or a sign of zone files asks for it. */
export function joinParams(rows: readonly ServiceParam[]): string {
  return rows
    .filter(({ key }) => key !== '')
    .map(({ key, value }) => {
      if (value === '') return key
      return /[\s"();]/.test(value) ? `${key}="${value.replaceAll(/(?<!\\)"/g, '\\"')}"` : `${key}=${value}`
    })
    .join(' ')
}
