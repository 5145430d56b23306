import { mount, unmount } from 'svelte'
import ConfirmIdentity from './confirm-identity.svelte'

/** Two calls that are refused at once ask once. */
let asking: Promise<boolean> | null = null

/**
 * Asks the person to confirm who they are, when that is why a call was refused. The dialog lies over whatever is open,
 * which keeps what was typed in it.
 *
 * @returns true once they have, and the call may be repeated
 */
export async function confirmed(refusal: Response): Promise<boolean> {
  const problem: unknown = await refusal.json().catch(() => null)
  const type = typeof problem === 'object' && problem !== null && 'type' in problem ? problem.type : null
  if (type !== '/problems/auth/confirm-needed') return false
  asking ??= ask().finally(() => (asking = null))
  return asking
}

function ask(): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = mount(ConfirmIdentity, {
      target: document.body,
      props: {
        onend: (done: boolean) => {
          void unmount(dialog)
          resolve(done)
        },
      },
    })
  })
}
