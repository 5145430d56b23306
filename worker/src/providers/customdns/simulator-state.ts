/** Everything a simulated server holds. Plain data, so that it can be written down and taken up again. */
export interface State {
  users: SimulatedUser[]
  zones: SimulatedZone[]
  /** The highest that were given out; ids are never used twice. */
  lastZoneId: number
  lastRecordId: number
}

export interface SimulatedUser {
  userName: string
  /** Absent ones are left out of every answer, as JAXB does with null. */
  firstName?: string
  lastName?: string
  email?: string
  timeZoneId?: string
  localeName?: string
  /** base64 of the SHA-256. */
  password: string
  apikey: string
  role: 'ROOT' | 'USER'
  /** Milliseconds since 1970, here and below. */
  dateCreated: number
  dateModified: number
}

export interface SimulatedZone {
  zoneId: number
  name: string
  type: string
  owner: string
  dateCreated: number
  dateModified: number
  records: SimulatedRecord[]
}

export interface SimulatedRecord {
  id: number
  name: string
  type: string
  content: string
  ttl: number
  prio: number
  active: boolean
  dateCreated: number
  dateModified: number
}

/** An answer other than success, thrown from anywhere inside. */
export class Answer extends Error {
  readonly status: number

  constructor(status: number) {
    super(String(status))
    this.status = status
  }
}

export async function passwordHash(password: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(password))).toString('base64')
}
