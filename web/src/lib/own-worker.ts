interface ScriptPolicy {
  createScriptURL: (url: string) => string
}
interface TrustedTypes {
  createPolicy: (name: string, rules: ScriptPolicy) => ScriptPolicy
}

let policy: ScriptPolicy | undefined

/**
 * Starts a worker of the panel itself. The page's policy (Trusted Types) lets no string become a script; files that came
 * with the panel may.
 */
export function ownWorker(url: string): Worker {
  policy ??= (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('zonedeck-worker', {
    createScriptURL: (address) => {
      if (new URL(address, location.href).origin !== location.origin) {
        throw new Error('Only the panel’s own worker may start.')
      }
      return address
    },
  })
  return new Worker(policy?.createScriptURL(url) ?? url, { type: 'module' })
}
