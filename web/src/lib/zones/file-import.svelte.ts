import type { ImportInput, ImportPlan } from './import-plan.ts'
import { importZone } from './import-zone.ts'

/** A zone file being chosen and read: each new text or choice ends the reading before. */
export class FileImport {
  text: string = $state('')
  file: File | null = $state.raw(null)
  plan: ImportPlan | null = $state.raw(null)
  problem: string | null = $state(null)
  busy: boolean = $state(false)

  readonly empty: boolean = $derived(this.file === null && this.text.trim() === '')

  #running: AbortController | null = null

  async read(options: Omit<ImportInput, 'source'>): Promise<void> {
    this.#running?.abort()
    const running = new AbortController()
    this.#running = running
    if (this.empty) {
      this.plan = null
      this.problem = null
      this.busy = false
      return
    }
    this.busy = true
    try {
      const source = this.file === null ? this.text : new Uint8Array(await this.file.arrayBuffer())
      const plan = await importZone({ source, ...options }, running.signal)
      if (running.signal.aborted) return
      this.plan = plan
      this.problem = null
    } catch (error) {
      if (running.signal.aborted) return
      this.plan = null
      this.problem = error instanceof Error ? error.message : 'The file could not be read.'
    }
    this.busy = false
  }
}
