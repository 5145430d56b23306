import { isObject, parseJson, type Json, type JsonObject } from '@zonedeck/shared/filter/json'
import { depth } from '../../http/body-limit.ts'
import type { AppContext } from '../../http/context.ts'
import { bad } from './bad.ts'

const deepest = 32

/** What was sent: the text, and what it says. Whatever it is called: `curl -d` says it is a form. Nothing stands for `{}`. */
export async function readBody(c: AppContext): Promise<{ text: string; body: JsonObject }> {
  const text = decode(await c.req.arrayBuffer())
  if (text.trim() === '') return { text: '', body: {} }
  if (depth(text) > deepest) throw bad(`JSON may be nested ${deepest} levels deep.`)
  let body: Json
  try {
    body = parseJson(text)
  } catch {
    throw bad('The body is not JSON.')
  }
  if (!isObject(body)) throw bad('The body must be a JSON object.')
  return { text, body }
}

/** Not by `text()`, which warns of every content type that is none of text. */
function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw bad('The body is not UTF-8.')
  }
}
