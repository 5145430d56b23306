import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer } from 'node:https'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { selfSigned } from './certificate.ts'

/** This machine's IPv4 addresses that others in the network can reach. */
function addresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((entry) => entry.family === 'IPv4' && !entry.internal)
    .map((entry) => entry.address)
}

async function certificate(state: string, hosts: readonly string[]) {
  const path = join(state, 'certificate.json')
  const kept = await readFile(path, 'utf8').catch(() => null)
  const parsed = kept === null ? null : (JSON.parse(kept) as { hosts: string; key: string; cert: string })
  if (parsed?.hosts === hosts.join()) return parsed
  const made = { hosts: hosts.join(), ...selfSigned(hosts) }
  await mkdir(state, { recursive: true })
  await writeFile(path, JSON.stringify(made), { mode: 0o600 })
  return made
}

/**
 * HTTPS on the machine's own addresses, in front of the panel on localhost: cookies and WebCrypto need HTTPS anywhere
 * but on localhost. Requests are passed on as if they were made there, and only those whose Origin is this very server
 * get the panel's own: another site's stays what it is and is refused.
 */
export async function startLan({ port, target, state }: { port: number; target: number; state: string }) {
  const hosts = addresses()
  const { key, cert } = await certificate(state, ['localhost', ...hosts])
  const server = createServer({ key, cert }, (incoming, outgoing) => {
    const headers = { ...incoming.headers }
    if (headers.origin === `https://${headers.host}`) headers.origin = `http://localhost:${target}`
    headers.host = `localhost:${target}`
    headers['cf-connecting-ip'] = incoming.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1'
    const onward = request(
      { host: '127.0.0.1', port: target, method: incoming.method, path: incoming.url, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    onward.on('error', () => {
      if (!outgoing.headersSent) outgoing.writeHead(502)
      outgoing.end()
    })
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '0.0.0.0', resolve)
  })
  return {
    urls: hosts.map((host) => `https://${host}:${port}`),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
