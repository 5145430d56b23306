import { stableJson } from '@zonedeck/shared/plan/stable-json'
import type { Change } from '@zonedeck/shared/change'
import type { Operation, OperationState } from '@zonedeck/shared/operation'
import type { Finding } from '@zonedeck/shared/job'
import { findingKey } from '@zonedeck/shared/plan/keys'
import type { RecordSet } from '@zonedeck/shared/record-set'

/** What a plan is good for. Everything in it is signed; nothing in it is secret. */
export interface PlanClaims {
  connection: string
  zone: string
  /** Id of the person who made it. */
  actor: string
  /** SHA-256 of the changes, each with its `before`, and the operation. */
  input: string
  /** SHA-256 of the keys of its dangerous findings. */
  dangers: string
  /** SHA-256 of what the operation would change. */
  base?: string
  /** Milliseconds since 1970. */
  expires: number
  /** Good once. */
  nonce: string
}

/** A plan is good for ten minutes. */
export const planLifetime = 600_000

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Buffer.from(bytes).toString('base64url')
}

export function digestInput(input: { changes: readonly Change[]; operation?: Operation | undefined }) {
  return sha256(stableJson({ changes: input.changes, operation: input.operation }))
}

export function digestDangers(findings: readonly Finding[]): Promise<string> {
  const keys = findings.filter(({ severity }) => severity === 'danger').map(findingKey)
  return sha256(JSON.stringify(keys.sort()))
}

/** Of a whole zone, in whatever order its sets and records came. The SOA counts without it: its serial moves by itself. */
function digestZone(recordSets: readonly RecordSet[]): Promise<string> {
  const texts = recordSets
    .filter(({ type, readOnly }) => type !== 'SOA' && readOnly !== 'dnssec')
    .map(({ name, type, ttl, records }) =>
      stableJson([name, type, ttl, records.map(({ rdata, disabled }) => `${rdata} ${disabled === true}`).sort()]),
    )
  return sha256(texts.sort().join('\n'))
}

/** Of what an operation would change: its own state where it has one, else the whole zone. */
export function digestBase({ before, recordSets }: { before?: OperationState; recordSets: readonly RecordSet[] }) {
  return before === undefined ? digestZone(recordSets) : sha256(stableJson(withoutDetail(before)))
}

/**
 * The sentence over a DNSSEC state may name times that pass by themselves; all that it tells of stands below it. So may
 * the facts beside settings, which no operation changes.
 */
function withoutDetail(state: OperationState): OperationState {
  if (state.about === 'dnssec') return { ...state, dnssec: { ...state.dnssec, detail: '' } }
  return state.about === 'settings' ? { ...state, settings: { ...state.settings, facts: [] } } : state
}

function hmacKey(secret: Uint8Array<ArrayBuffer>) {
  return crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
}

/** `<claims>.<HMAC-SHA-256>`, both base64url. */
export async function signPlan(secret: Uint8Array<ArrayBuffer>, claims: PlanClaims): Promise<string> {
  const body = Buffer.from(JSON.stringify(claims))
  const mac = await crypto.subtle.sign('HMAC', await hmacKey(secret), body)
  return `${body.toString('base64url')}.${Buffer.from(mac).toString('base64url')}`
}

/** The claims of a plan that we signed, or null. Whether it is expired, and of whom, is the caller's to check. */
export async function readPlan(secret: Uint8Array<ArrayBuffer>, plan: string): Promise<PlanClaims | null> {
  const [body, mac, more] = plan.split('.')
  if (body === undefined || mac === undefined || more !== undefined) return null
  const bytes = Buffer.from(body, 'base64url')
  // Constant time: `verify` compares the MACs itself.
  const ours = await crypto.subtle.verify('HMAC', await hmacKey(secret), Buffer.from(mac, 'base64url'), bytes)
  return ours ? (JSON.parse(bytes.toString()) as PlanClaims) : null
}
