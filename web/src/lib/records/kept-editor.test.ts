import { describe, expect, it } from 'vitest'
import type { EditorState } from './editor-state.ts'
import { keepEditor, keptEditor } from './kept-editor.ts'

const place = { connection: 'con_a', zone: 'example.org' }
const editor: EditorState = {
  ...place,
  before: null,
  type: 'MX',
  name: 'mail',
  ttl: '1 h',
  comment: '',
  values: [
    { key: 'v1', values: { priority: '10' }, text: '', asText: false, disabled: false, comment: '', source: null },
  ],
}
function storage(kept: string | null = null) {
  let value = kept
  return {
    getItem: () => value,
    setItem: (_: string, text: string) => void (value = text),
    removeItem: () => void (value = null),
  }
}

describe('a kept editor', () => {
  it('comes back in its own zone only', () => {
    const device = storage()
    keepEditor(device, editor)
    expect(keptEditor(device, place)).toEqual(editor)
    expect(keptEditor(device, { ...place, zone: 'example.net' })).toBeNull()
    keepEditor(device, null)
    expect(keptEditor(device, place)).toBeNull()
  })
  it.each(['{', 'null', '[]', JSON.stringify({ ...editor, values: [{}] }), JSON.stringify({ ...editor, before: 'x' })])(
    'is left out when it is spoilt: %s',
    (kept) => {
      expect(keptEditor(storage(kept), place)).toBeNull()
    },
  )
  it('does not stop the typing when the device has no room', () => {
    const full = {
      ...storage(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    }
    expect(() => {
      keepEditor(full, editor)
    }).not.toThrow()
  })
})
