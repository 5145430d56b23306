import { describe, expect, it } from 'vitest'
import { safeNext, signInPath } from './safe-next.ts'

const origin = 'https://panel.example'

describe('[A10] the way back after signing in', () => {
  it.each([
    ['/zones', '/zones'],
    ['/zones?q=mx&state=draft#x', '/zones?q=mx&state=draft#x'],
    ['/connections/con_abc/edit', '/connections/con_abc/edit'],
    ['/zones/%2F%2Fevil.example', '/zones/%2F%2Fevil.example'],
    ['/history/../zones', '/zones'],
    ['/search?next=https://evil.example', '/search?next=https://evil.example'],
  ])('keeps a path of this page: %s', (next, expected) => {
    expect(safeNext(next, origin)).toBe(expected)
  })

  it.each([
    null,
    '',
    'zones',
    'https://evil.example/',
    'https:evil.example',
    'HTTPS://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/x/..//evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:https://panel.example/x',
    '//panel.example@evil.example',
    '@evil.example',
    '?next=//evil.example',
    '/sign-in?next=/sign-in',
    '/setup#token',
    '/invite#token',
    '//[',
  ])('refuses %j', (next) => {
    const result = safeNext(next, origin)
    expect(result).toBe('/')
    expect(new URL(result, origin).origin).toBe(origin)
  })

  it('stays on this origin when its own answer is resolved again', () => {
    for (const next of [
      '/a//b',
      '/a/%5c%5cevil.example',
      '/:80/x',
      '/@evil.example',
      '/;//evil.example',
      '/?//evil.example',
      '/%09//evil.example',
    ]) {
      const result = safeNext(next, origin)
      expect(new URL(result, origin).origin).toBe(origin)
      expect(safeNext(result, origin)).toBe(result)
    }
  })

  it('names where one was, and nothing at the front page', () => {
    expect(signInPath(new URL('/zones?q=a b', origin))).toBe('/sign-in?next=%2Fzones%3Fq%3Da%2520b')
    expect(signInPath(new URL('/', origin))).toBe('/sign-in')
  })
})
