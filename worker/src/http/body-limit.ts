import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AppEnv } from './context.ts'
import { invalid, ProblemError } from './problem-error.ts'

const MiB = 2 ** 20
const deepest = 32

/** A plan holds a whole zone or a whole filter at most; nothing else that is sent here is long. */
const limits = [
  { path: /^\/api\/v1\/connections\/[^/]+\/(zones\/[^/]+|filter)\/(plans|jobs)$/, maxSize: 10 * MiB },
  { path: /^/, maxSize: MiB },
]

export const limitBody: MiddlewareHandler<AppEnv> = async (c, next) => {
  const maxSize = limits.find(({ path }) => path.test(c.req.path))?.maxSize ?? MiB
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new ProblemError(413, 'request/too-large', 'The request is too large', {
        detail: `It may have ${maxSize / MiB} MiB.`,
      })
    },
  })(c, async () => {
    if (c.req.raw.body !== null && depth(await c.req.text()) > deepest) {
      throw invalid([{ pointer: '', detail: `JSON may be nested ${deepest} levels deep.` }])
    }
    await next()
  })
}

/** How deep JSON text is nested, without building it: a parser may run out of stack on `[[[[…`. */
export function depth(text: string): number {
  let open = 0
  let most = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (quoted) {
      if (code === 0x5c) i++
      else if (code === 0x22) quoted = false
    } else if (code === 0x22) quoted = true
    else if (code === 0x7b || code === 0x5b) most = Math.max(most, ++open)
    else if (code === 0x7d || code === 0x5d) open--
  }
  return most
}
