import type { ConfigFinding } from '@zonedeck/shared/filter/findings/finding'
import { ownWorker } from '#lib/own-worker.ts'
import workerUrl from './judge.worker.ts?worker&url'

let waiting: Worker | undefined

/** Loads what `judge` needs, while the configuration is still on its way. */
export function prepareJudge(): void {
  waiting ??= ownWorker(workerUrl)
}

/** Everything in a configuration that does not do what it looks like, found beside the page. */
export function judge(text: string): Promise<ConfigFinding[]> {
  const worker = waiting ?? ownWorker(workerUrl)
  waiting = undefined
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
