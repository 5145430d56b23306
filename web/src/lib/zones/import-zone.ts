import type { ImportInput, ImportPlan } from './import-plan.ts'
import workerUrl from './import.worker.ts?worker&url'

interface ScriptPolicy {
  createScriptURL: (url: string) => string
}
interface TrustedTypes {
  createPolicy: (name: string, rules: ScriptPolicy) => ScriptPolicy
}

let policy: ScriptPolicy | undefined

/** The page's policy (Trusted Types) lets no string become a script; this one address may. */
function trusted(): string {
  policy ??= (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('zonedeck-worker', {
    createScriptURL: (url) => {
      if (url !== workerUrl) throw new Error('Only the panel’s own worker may start.')
      return url
    },
  })
  return policy?.createScriptURL(workerUrl) ?? workerUrl
}

/** Reads a zone file beside the page, and compares it with what is there. Throws when `signal` ends it. */
export function importZone(input: ImportInput, signal: AbortSignal): Promise<ImportPlan> {
  const worker = new Worker(trusted(), { type: 'module' })
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
