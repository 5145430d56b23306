/** A name as octets, lower-case and uncompressed (RFC 1035 §3.1, RFC 4034 §6.2). The server's names hold no escapes. */
export function nameToWire(name: string): Uint8Array {
  const labels = name === '' ? [] : name.toLowerCase().split('.')
  return Uint8Array.of(
    ...labels.flatMap((label) => [label.length, ...Array.from(label, (character) => character.charCodeAt(0))]),
    0,
  )
}
