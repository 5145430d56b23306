/** Lists by hits, in which those with as many hits stand in an order that is the luck of the server's hash table. */
const LISTS: ReadonlySet<string> = new Set(['topClients', 'topDomains', 'topBlockedDomains'])
/** The same, as labels beside numbers. */
const CHARTS: ReadonlySet<string> = new Set(['queryTypeChartData', 'protocolTypeChartData'])

interface Entry {
  name: string
  hits: number
}

/**
 * The answered list with equal hits in the order that was recorded. Of the fewest hits in a list some may be cut off: there
 * one name stands for another. Hits themselves, and every name with more of them, have to be the recorded ones.
 */
export function inRecordedOrder(member: string, expected: unknown, actual: unknown): unknown {
  if (LISTS.has(member) && isList(expected) && isList(actual)) return ordered(expected, actual)
  if (!CHARTS.has(member) || !isChart(expected) || !isChart(actual)) return actual
  const entries = ordered(entriesOf(expected), entriesOf(actual))
  const datasets = [{ ...actual.datasets[0], data: entries.map(({ hits }) => hits) }, ...actual.datasets.slice(1)]
  return { ...actual, labels: entries.map(({ name }) => name), datasets }
}

function ordered<T extends Entry>(expected: T[], actual: T[]): T[] {
  const left = [...actual]
  const fewest = expected.at(-1)?.hits
  const take = (found: (entry: T) => boolean): T | undefined => {
    const index = left.findIndex(found)
    return index < 0 ? undefined : left.splice(index, 1)[0]
  }
  const same = expected.map(({ name, hits }) => take((entry) => entry.name === name && entry.hits === hits))
  const found = expected.flatMap((wanted, index): T[] => {
    const entry = same[index]
    if (entry !== undefined) return [entry]
    const other = wanted.hits === fewest ? take(({ hits }) => hits === fewest) : take(() => true)
    if (other === undefined) return []
    return [wanted.hits === fewest && other.hits === fewest ? { ...other, name: wanted.name } : other]
  })
  return [...found, ...left]
}

function isList(value: unknown): value is Entry[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'object' && entry !== null && 'hits' in entry)
}

interface Chart {
  labels: string[]
  datasets: { data: number[] }[]
}

function isChart(value: unknown): value is Chart {
  return typeof value === 'object' && value !== null && 'labels' in value && 'datasets' in value
}

function entriesOf({ labels, datasets }: Chart): Entry[] {
  return labels.map((name, index) => ({ name, hits: datasets[0]?.data[index] ?? 0 }))
}
