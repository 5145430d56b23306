/** The colours that the server sends along with its charts. */

const LINES: Readonly<Record<string, string>> = {
  Total: '102, 153, 255',
  'No Error': '92, 184, 92',
  'Server Failure': '217, 83, 79',
  'NX Domain': '120, 120, 120',
  Refused: '91, 192, 222',
  Authoritative: '150, 150, 0',
  Recursive: '23, 162, 184',
  Cached: '111, 84, 153',
  Blocked: '255, 165, 0',
  Dropped: '30, 30, 30',
  Clients: '51, 122, 183',
}

export function colour(dataset: string): { backgroundColor: string; borderColor: string } {
  const rgb = LINES[dataset] ?? ''
  return { backgroundColor: `rgba(${rgb}, 0.1)`, borderColor: `rgb(${rgb})` }
}

const slices = (...colours: string[]) => colours.map((rgb) => `rgba(${rgb}, 0.5)`)

export const SLICES = {
  responses: slices('150, 150, 0', '23, 162, 184', '111, 84, 153', '255, 165, 0', '7, 7, 7'),
  protocols: slices('111, 84, 153', '150, 150, 0', '23, 162, 184', '255, 165, 0', '91, 192, 222'),
}

export const TYPES = slices(
  ...['102, 153, 255', '92, 184, 92', '7, 7, 7', '91, 192, 222', '150, 150, 0', '23, 162, 184', '111, 84, 153'],
  ...['255, 165, 0', '51, 122, 183', '150, 150, 150'],
)
