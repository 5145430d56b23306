import type { Context } from 'hono'
import type * as z from 'zod'
import { invalid, notFound } from './problem-error.ts'

type Result = { target: string } & ({ success: true } | { success: false; error: z.ZodError })

/** JSON Pointer (RFC 6901) of a path in a body. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Turns what zod found in a body or query into a 422; a path that cannot be is simply not there. */
export function invalidBody(result: Result, _c: Context): void {
  if (result.success) return
  if (result.target === 'param') throw notFound()
  throw invalid(
    result.error.issues.slice(0, 100).map(({ path, message }) => ({ pointer: pointerTo(path), detail: message })),
  )
}
