import { X509Certificate } from 'node:crypto'
import { connect, createServer } from 'node:tls'
import { expect, it } from 'vitest'
import { selfSigned } from './certificate.ts'

it('is a certificate for exactly the hosts it was made for', () => {
  const cert = new X509Certificate(selfSigned(['localhost', '192.0.2.7']).cert)
  expect(cert.checkHost('localhost')).toBe('localhost')
  expect(cert.checkIP('192.0.2.7')).toBe('192.0.2.7')
  expect(cert.checkHost('example.org')).toBeUndefined()
  expect(cert.checkIssued(cert)).toBe(true)
  expect(cert.verify(cert.publicKey)).toBe(true)
  expect(cert.ca).toBe(false)
})

it('carries a TLS connection for a client that trusts it', async () => {
  const { key, cert } = selfSigned(['localhost'])
  const server = createServer({ key, cert }, (socket) => socket.end('hello'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: address.port, servername: 'localhost', ca: cert })
    socket.on('data', (data) => resolve(String(data)))
    socket.on('error', reject)
  })
  server.close()
  expect(answer).toBe('hello')
})
