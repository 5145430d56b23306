/** An answer other than success, thrown from anywhere inside the simulator: `{"message": …}` with its status. */
export class Answer extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export type Json = Record<string, unknown>

/** A body that has to be a JSON object. */
export function objectOf(body: string): Json {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  } catch {
    // Answered below, like every other body that is no object.
  }
  throw new Answer(400, 'invalid request body')
}

export function stringOf(from: Json, key: string): string {
  const value = from[key]
  if (typeof value !== 'string' || value === '') throw new Answer(400, `${key} is required`)
  return value
}

/** An object whose values are all strings; empty when it is not there. */
export function stringsOf(from: Json, key: string): Record<string, string> {
  const value = from[key] ?? {}
  const isStrings =
    typeof value === 'object' && !Array.isArray(value) && Object.values(value).every((each) => typeof each === 'string')
  if (!isStrings) throw new Answer(400, `${key} must be a map of strings`)
  return value as Record<string, string>
}
