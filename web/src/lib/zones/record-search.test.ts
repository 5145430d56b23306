import { expect, it } from 'vitest'
import { RecordSearch } from './record-search.svelte.ts'
import type { SearchLine } from './search-api.ts'

const line = (connection: string): SearchLine => ({
  connection,
  hits: [{ zone: 'example.org', name: 'www' }],
  more: false,
})
async function* lines(...all: SearchLine[]) {
  yield* all
}

it('shows each server as it answers', async () => {
  const search = new RecordSearch()
  await search.read(
    'www',
    (async function* () {
      yield line('a')
      expect([search.text, search.lines.length, search.busy]).toEqual(['www', 1, true])
      yield line('b')
    })(),
  )
  expect(search.lines.map(({ connection }) => connection)).toEqual(['a', 'b'])
  expect([search.problem, search.busy]).toEqual([null, false])
})

it('keeps what was found until the next search has an answer, and takes none of the last one', async () => {
  const search = new RecordSearch()
  await search.read('www', lines(line('a')))
  let answer = (_: SearchLine): void => undefined
  const slow = new Promise<SearchLine>((resolve) => (answer = resolve))
  const first = search.read(
    'mail',
    (async function* () {
      yield await slow
    })(),
  )
  expect([search.text, search.lines.length, search.busy]).toEqual(['www', 1, true])
  await search.read('mails', lines())
  answer(line('late'))
  await first
  expect([search.text, search.lines, search.busy]).toEqual(['mails', [], false])
})

it('says why the whole request failed, and forgets what is not wanted any more', async () => {
  const search = new RecordSearch()
  const broken = async function* (): AsyncGenerator<SearchLine> {
    yield line('a')
    throw new Error('broken')
  }
  await search.read('www', broken())
  expect(search.lines).toHaveLength(1)
  expect(search.problem).not.toBeNull()
  const late = search.read('mail', broken())
  search.forget()
  await late
  expect([search.text, search.busy]).toEqual(['www', false])
})
