import { setMembers, type EffectOf } from './effect.ts'

/** Parts with calls of their own: what stands under these names here is passed over. */
const parts = new Set(['profiles', 'clients', 'customServices', 'blockLists'])

/** What was not sent stays as it is. An empty name stands for no profile. */
export const saveSettings: EffectOf = (config, body) => {
  const sent = Object.entries(body).filter(([key]) => !parts.has(key))
  const settings = Object.fromEntries(
    sent.map(([key, value]) => [
      key,
      (key === 'defaultProfile' || key === 'baseProfile') && value === '' ? null : value,
    ]),
  )
  return { edits: setMembers([], config, settings), note: 'Change the settings of the filter' }
}
