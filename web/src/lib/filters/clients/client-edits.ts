import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import { sameJson, type Json } from '@zonedeck/shared/filter/json'

/** A client entry as the form holds it. */
export interface ClientForm {
  name: string
  ids: readonly string[]
  /** Null: the entry names none, and the base profile counts alone. */
  profile: string | null
}

export function assignProfile(index: number, profile: string | null): ConfigEdit[] {
  return [{ op: 'set', path: ['clients', index, 'profile'], value: profile }]
}

export function removeClient(index: number): ConfigEdit[] {
  return [{ op: 'remove', path: ['clients', index] }]
}

export function addClient(clients: AppConfig['clients'], { name, ids, profile }: ClientForm): ConfigEdit[] {
  const value: Json = { name, ids: [...ids], profile }
  // A null in place of the list is overwritten: the app lets everything pass because of it.
  if (clients === null) return [{ op: 'set', path: ['clients'], value: [value] }]
  return [{ op: 'insert', path: ['clients', clients.length], value }]
}

/** What of an entry is another now; what stays is not written anew. */
export function changeClient(index: number, before: ClientForm, after: ClientForm): ConfigEdit[] {
  const parts: readonly (readonly [string, Json, Json])[] = [
    ['name', before.name, after.name],
    ['ids', [...before.ids], [...after.ids]],
    ['profile', before.profile, after.profile],
  ]
  return parts
    .filter(([, was, is]) => !sameJson(was, is))
    .map(([key, , value]) => ({ op: 'set', path: ['clients', index, key], value }))
}
