/**
 * Runs the panels of stories, one after the other, for whoever forked it. The tools it needs take longer to load than a
 * panel to start, so that they are loaded once. Ends with its parent.
 */
import { buildAll } from '../../worker/scripts/build.ts'
import { type LocalPanel, type LocalPanelOptions, startLocalPanel } from '../../worker/scripts/local-panel.ts'

/** What to start, or null to end what was started. */
export type Asked = LocalPanelOptions | null
/** The setup URL of what was started, or null once it has ended. */
export type Told = { setup: string | null } | { failed: string }

let running: LocalPanel | null = null

async function answer(asked: Asked): Promise<Told> {
  await running?.close()
  running = null
  if (asked === null) return { setup: null }
  await buildAll()
  running = await startLocalPanel(asked)
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
