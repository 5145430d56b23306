import type { ConfigFinding } from '@zonedeck/shared/filter/findings/finding'
import { ownWorker } from '#lib/own-worker.ts'
import workerUrl from './judge.worker.ts?worker&url'

/** Everything in a configuration that does not do what it looks like, found beside the page. */
export function judge(text: string): Promise<ConfigFinding[]> {
  const worker = ownWorker(workerUrl)
  return new Promise<ConfigFinding[]>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<ConfigFinding[]>) => {
      resolve(data)
    }
    worker.onerror = (event) => {
      reject(new Error(event.message || 'The configuration could not be looked through.'))
    }
    worker.postMessage(text)
  }).finally(() => {
    worker.terminate()
  })
}
