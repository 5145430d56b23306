/**
 * Runs the panels of browser tests, one after the other, for whoever forked it. The tools it needs take longer to load
 * than a panel to start, so that they are loaded once. Ends with its parent.
 */
import { buildAll } from './build.ts'
import { type LocalPanel, startLocalPanel } from './local-panel.ts'
import type { Asked, Told } from './warm-messages.ts'

let running: LocalPanel | null = null

async function answer({ start }: Asked): Promise<Told> {
  await running?.close()
  running = null
  if (start === undefined) return { setup: null }
  await buildAll()
  running = await startLocalPanel(start)
  return { setup: running.setup }
}

process.on('message', (asked: Asked) => {
  answer(asked).then(
    (told) => process.send?.(told),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.message : String(error) }),
  )
})
process.on('disconnect', () => {
  void Promise.resolve(running?.close()).finally(() => process.exit())
})
