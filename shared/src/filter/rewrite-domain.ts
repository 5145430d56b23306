import { trim } from './dotnet/text.ts'

/** The domain of a rewrite as the app takes it: without space around it and dots at its end. Empty for one without. */
export function rewriteDomain(domain: string | null): string {
  return trim(domain ?? '').replace(/\.+$/, '')
}
