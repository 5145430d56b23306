/** An answer other than success, thrown from anywhere inside. */
export class Answer extends Error {
  readonly status: number

  constructor(status: number, message = '') {
    super(message)
    this.status = status
  }
}

export type Json = Record<string, unknown>

const TEXTS: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  500: 'Internal Server Error',
}

export function json(value: unknown, status = 200): Response {
  return Response.json(value, { status })
}

export const empty = () => new Response(null, { status: 204 })

export function failure({ status, message }: Answer): Response {
  if (status === 422) return json({ error: message }, 422)
  const headers: Record<string, string> = { 'content-type': 'text/plain; charset=utf-8' }
  if (status === 401) headers['www-authenticate'] = 'X-API-Key realm="PowerDNS"'
  return new Response(TEXTS[status], { status, headers })
}

export function only(given: string, method: string): void {
  if (given !== method) throw new Answer(405)
}

export function object(body: string): Json {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null) return value as Json
  } catch {
    // Answered below, like every other body that is no object.
  }
  throw new Answer(400)
}

export function stringOf(from: Json, key: string): string {
  const value = from[key]
  if (typeof value !== 'string') throw new Answer(422, `Key '${key}' not present or not a String`)
  return value
}

export function integerOf(from: Json, key: string): number {
  const value = typeof from[key] === 'string' ? Number(from[key]) : from[key]
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new Answer(422, `Key '${key}' not an Integer or not present`)
  }
  return value
}

/** With an instead, other values are passed over; without, there has to be one. */
export function booleanOf(from: Json, key: string, instead?: boolean): boolean {
  const value = from[key]
  if (typeof value === 'boolean') return value
  if (instead !== undefined) return instead
  throw new Answer(422, `Key '${key}' not present or not a Bool`)
}
