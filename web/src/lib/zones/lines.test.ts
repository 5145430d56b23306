import { expect, it } from 'vitest'
import { readLines } from './lines.ts'

async function lines(...chunks: (string | Uint8Array)[]): Promise<string[]> {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
      controller.close()
    },
  })
  const found: string[] = []
  for await (const line of readLines(body)) found.push(line)
  return found
}

it('puts lines together that arrive in pieces', async () => {
  expect(await lines('{"a"', ':1}\n{"b":2}\n', '\n{"c":3}')).toEqual(['{"a":1}', '{"b":2}', '{"c":3}'])
})

it('does not part a character between two pieces', async () => {
  const bytes = new TextEncoder().encode('"ü"\n')
  expect(await lines(bytes.slice(0, 2), bytes.slice(2))).toEqual(['"ü"'])
})
