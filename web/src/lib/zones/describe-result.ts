import type { ChangeResult } from '@zonedeck/shared/change'
import type { Job } from '@zonedeck/shared/job'
import { operationSubject } from '@zonedeck/shared/plan/operation-words'
import { exactly } from '../when.ts'

/** A result in words: its state, and how it is known. */
export interface ToldResult {
  tone: 'ok' | 'bad' | 'unknown' | 'waiting'
  state: string
  detail: string
}

/** *Sent* is not *verified*: green only when the server was read again and holds what was asked for. */
export function describeResult(
  result: ChangeResult,
  job: Pick<Job, 'verifiedAt' | 'finishedAt' | 'operation'>,
): ToldResult {
  const subject = operationSubject(job.operation)
  const again = job.verifiedAt === undefined ? '' : ` at ${exactly(job.verifiedAt)}`
  switch (result.status) {
    case 'pending':
      return { tone: 'waiting', state: 'Waiting.', detail: 'It is its turn soon.' }
    case 'done':
      if (result.verified === true) {
        const said = result.detail === undefined ? '' : `${result.detail} `
        return { tone: 'ok', state: 'Verified.', detail: `${said}The server was read again${again}.` }
      }
      if (result.verified === false) {
        return {
          tone: 'unknown',
          state: 'Accepted, but not found.',
          detail:
            result.detail ?? `The server said yes, but did not hold the new value when it was read again${again}.`,
        }
      }
      return job.finishedAt === undefined
        ? { tone: 'waiting', state: 'Sent.', detail: `The server accepted it. The ${subject} is being read again.` }
        : {
            tone: 'unknown',
            state: 'Sent, not verified.',
            detail:
              result.detail ??
              (job.operation?.operation === 'filter-refresh'
                ? 'The server accepted it. Whether each list has come is nothing it tells.'
                : `The ${subject} could not be read again.`),
          }
    case 'failed':
      return { tone: 'bad', state: 'Refused, nothing changed.', detail: result.detail ?? '' }
    case 'rolled-back':
      return { tone: 'bad', state: 'Undone.', detail: result.detail ?? 'Another change of the same set failed.' }
    case 'unknown':
      return {
        tone: 'unknown',
        state: 'Not known.',
        detail:
          result.detail ??
          (job.finishedAt === undefined
            ? `The connection broke after sending. The ${subject} is being read again; nothing is sent twice.`
            : `The connection broke after sending, and the ${subject} could not be read again.`),
      }
  }
}
