import { Judge } from './judge.ts'
import type { FromWorker, ToWorker } from './messages.ts'

// A pattern or a large list can take seconds on a phone: all of it happens here, beside the page, which can end it.
const judge = new Judge()
const say = (message: FromWorker) => {
  self.postMessage(message)
}
/** One thing after the other: a question waits for the lists that came before it. */
let turn = Promise.resolve()

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  turn = turn.then(() => (data.kind === 'judge' ? answer(data) : read(data)))
}

async function read({ url, type, answer }: Extract<ToWorker, { kind: 'list' }>): Promise<void> {
  try {
    say({ kind: 'list', url, outcome: judge.addList(url, type, await answer.text()) })
  } catch (error) {
    say({ kind: 'list', url, outcome: { ok: false, trouble: wordsOf(error) } })
  }
}

function answer({ id, server, draft, query }: Extract<ToWorker, { kind: 'judge' }>): void {
  try {
    say({ kind: 'begun', id })
    const verdicts = {
      server: judge.explain(server, query),
      draft: draft === null ? null : judge.explain(draft, query),
    }
    say({ kind: 'verdicts', id, verdicts })
    const last = draft === null ? verdicts.server : verdicts.draft
    say({ kind: 'fixes', id, fixes: last === null ? [] : judge.fixes(draft ?? server, query, last) })
  } catch (error) {
    say({ kind: 'failed', id, why: wordsOf(error) })
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
