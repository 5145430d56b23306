import { ownWorker } from '#lib/own-worker.ts'
import { Explainer } from './explainer.ts'
import workerUrl from './explain.worker.ts?worker&url'

/** The one of this session: it keeps the block lists that were loaded while one moves between pages. */
export const explainer = new Explainer(() => ownWorker(workerUrl))
