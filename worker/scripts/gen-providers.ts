import { readFileSync } from 'node:fs'
import { capabilityRows } from '@zonedeck/shared/capability-rows'
import { providers } from '../src/providers/index.ts'
import { ROOT } from './paths.ts'

const begin = '<!-- providers: generated from what each provider says of itself -->'
const end = '<!-- /providers -->'

/** README.md with the table of providers as they are: each "no" with the number of its reason below. */
export function readmeWithProviders(): string {
  const readme = readFileSync(`${ROOT}README.md`, 'utf8')
  const [before = '', rest = ''] = readme.split(begin)
  const after = rest.split(end)[1]
  if (after === undefined) throw new Error(`README.md has no “${begin}” … “${end}”.`)
  return `${before}${begin}\n\n${table()}\n\n${end}${after}`
}

function table(): string {
  const abouts = Object.values(providers).flatMap(({ about, dns }) => (dns === undefined ? [] : [about]))
  const columns = abouts.map(({ capabilities }) => capabilityRows(capabilities))
  const reasons: string[] = []
  const cell = (answer: ReturnType<typeof capabilityRows>[number]['answer']): string => {
    if (typeof answer === 'string') return answer
    const text = answer.link === undefined ? answer.reason : `${answer.reason} ([read more](${answer.link}))`
    if (!reasons.includes(text)) reasons.push(text)
    return `no (${reasons.indexOf(text) + 1})`
  }
  const lines = (columns[0] ?? []).map(({ id, label }) => [
    label,
    ...columns.map((rows) => cell(rows.find((row) => row.id === id)?.answer ?? '–')),
  ])
  const rows = [['', ...abouts.map(({ label }) => label)], ...lines]
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)))
  const print = (row: string[]) => `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [
    print(head),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...body.map(print),
    '',
    ...reasons.map((reason, index) => `${index + 1}. ${reason}`),
  ].join('\n')
}
