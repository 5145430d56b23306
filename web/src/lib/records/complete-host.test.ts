import { expect, it } from 'vitest'
import { completeHost } from './complete-host.ts'

it.each([
  ['mail.example.net.', 'mail.example.net.'],
  ['mail.example.net', 'mail.example.net.'],
  ['mail', 'mail.example.org.'],
  ['@', 'example.org.'],
  ['.', '.'],
  ['', ''],
  ['198.51.100.7', '198.51.100.7'],
  ['2001:db8::1', '2001:db8::1'],
])('%s is %s', (typed, host) => {
  expect(completeHost(typed, 'example.org.')).toBe(host)
})
