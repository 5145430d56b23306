import type { Change } from '@zonedeck/shared/change'

/** Name and type of the change that a JSON Pointer of a problem (`/changes/3/after/…`) points into, or null. */
export function pointedAt(pointer: string, changes: readonly Change[]): string | null {
  const index = /^\/changes\/(\d+)/.exec(pointer)?.[1]
  const change = index === undefined ? undefined : changes[Number(index)]
  return change === undefined ? null : `${change.name} ${change.type}`
}
