import { accessDenied } from './errors.ts'
import { isAllowedIn, type Right, type Section, type Session, type User } from './directory.ts'
import type { Parameters } from './parameters.ts'
import type { State } from './state.ts'

/** One call of the API, its session checked. */
export interface Call {
  state: State
  parameters: Parameters
  session: Session
  user: User
  userAgent: string | null
  /** Dates are announced with the month first. */
  american: boolean
  /** The whole content type, as sent. */
  contentType: string | null
  /** The body as text, unless it is a form. */
  body: string
  /** The first file of a multipart form. */
  file: string | null
  fileName: string | null
  isForm: boolean
}

export type Members = Record<string, unknown>

/** Returns the members of `response`. */
export type Handler = (call: Call) => Members

export function requireSection(call: Call, section: Section, right: Right): void {
  if (!isAllowedIn(call.state.directory, section, call.user, right)) throw accessDenied()
}

/** A time as the server prints it: the minimum of its calendar for never. */
export function shownTime(milliseconds: number | null): string {
  return milliseconds === null ? '0001-01-01T00:00:00' : new Date(milliseconds).toISOString()
}
