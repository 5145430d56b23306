import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startLan } from './lan.ts'

let state: string
let lan: Awaited<ReturnType<typeof startLan>>
let ca: string
let port: number
let target: number
/** What the panel behind it was asked with. */
let asked: IncomingHttpHeaders = {}
const panel = createServer((incoming, outgoing) => {
  asked = incoming.headers
  outgoing.end('answer')
})

const free = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const ask = (headers: Record<string, string>) =>
  new Promise<string>((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port,
      servername: 'localhost',
      ca,
      headers: { host: `localhost:${port}`, ...headers },
    }
    request(options, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('end', () => resolve(text))
    })
      .on('error', reject)
      .end()
  })

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'zonedeck-lan-'))
  await new Promise<void>((resolve) => panel.listen(0, '127.0.0.1', resolve))
  target = (panel.address() as AddressInfo).port
  port = await free()
  lan = await startLan({ port, target, state })
  ca = (JSON.parse(await readFile(join(state, 'certificate.json'), 'utf8')) as { cert: string }).cert
})
afterAll(async () => {
  lan.close()
  panel.close()
  await rm(state, { recursive: true })
})

it('passes a request of its own page on as one of the panel', async () => {
  expect(await ask({ origin: `https://localhost:${port}` })).toBe('answer')
  expect(asked.host).toBe(`localhost:${target}`)
  expect(asked.origin).toBe(`http://localhost:${target}`)
})

it('[H5] leaves the origin of another page as it is, so that the panel refuses it', async () => {
  await ask({ origin: 'https://evil.example' })
  expect(asked.origin).toBe('https://evil.example')
  await ask({ origin: `http://localhost:${port}` })
  expect(asked.origin).toBe(`http://localhost:${port}`)
})

it('[A13] says itself who asks, whatever the request claims', async () => {
  await ask({ 'cf-connecting-ip': '198.51.100.66' })
  expect(asked['cf-connecting-ip']).toBe('127.0.0.1')
})
