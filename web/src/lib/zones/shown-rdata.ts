const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Record data for the eye: bytes that are UTF-8 (`M\195\188ller`) as the text that they are (`Müller`), bytes that are
 * not as they stand. For showing only: nothing is written from it.
 */
export function shownRdata(rdata: string): string {
  if (!rdata.includes('\\')) return rdata
  // An escaped backslash is stepped over whole, so that digits behind it are not taken for a byte.
  return rdata.replace(/\\\D|((?:\\(?:1[3-9]\d|12[89]|2\d\d))+)/g, (whole, bytes: string | undefined) => {
    if (bytes === undefined) return whole
    try {
      return decoder.decode(Uint8Array.from(bytes.slice(1).split('\\'), Number))
    } catch {
      return whole
    }
  })
}
