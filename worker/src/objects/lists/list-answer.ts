import type { FetchedList } from './fetch-list.ts'

/** A check as JSON, with the list's entries as its last member: that goes out piece by piece and is never whole in memory as text. */
export function listAnswer({ check, text }: FetchedList): Response {
  const headers = { 'content-type': 'application/json' }
  if (text === undefined) return new Response(JSON.stringify(check), { headers })
  const pieces = jsonPieces(JSON.stringify(check).slice(0, -1), text)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = pieces.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
  })
  return new Response(body, { headers })
}

function* jsonPieces(start: string, pieces: readonly string[]): Generator<string, undefined> {
  yield `${start},"text":"`
  for (const piece of pieces) yield JSON.stringify(piece).slice(1, -1)
  yield '"}'
}
