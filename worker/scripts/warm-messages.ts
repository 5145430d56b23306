/** What `warm-panels.ts` is asked by who forked it: to start a panel, or, with nothing to start, to end the one before. */
export interface Asked {
  start?: {
    port: number
    state: string
    /** Of the environment of the panel. */
    given: Record<string, string>
  }
}

/** The setup URL of what was started, or null once it has ended. */
export type Told = { setup: string | null } | { failed: string }
