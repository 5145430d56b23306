import { ownWorker } from '#lib/own-worker.ts'
import type { ImportInput, ImportPlan } from './import-plan.ts'
import workerUrl from './import.worker.ts?worker&url'

/** Reads a zone file beside the page, and compares it with what is there. Throws when `signal` ends it. */
export function importZone(input: ImportInput, signal: AbortSignal): Promise<ImportPlan> {
  const worker = ownWorker(workerUrl)
  return new Promise<ImportPlan>((resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new DOMException('Another file was chosen.', 'AbortError'))
    })
    worker.onmessage = ({ data }: MessageEvent<ImportPlan>) => {
      resolve(data)
    }
    worker.onerror = (event) => {
      reject(new Error(event.message || 'The file could not be read.'))
    }
    worker.postMessage(input)
  }).finally(() => {
    worker.terminate()
  })
}
