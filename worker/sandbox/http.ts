import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'

// Between Node's HTTP server and simulators, which are functions from a Request to a Response.

/** What came in, as if it had been asked for at `origin` + `path`. */
export function toRequest(incoming: IncomingMessage, path: string, origin: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) headers.append(name, one)
  }
  const method = incoming.method ?? 'GET'
  if (method === 'GET' || method === 'HEAD') return new Request(origin + path, { method, headers })
  return new Request(origin + path, { method, headers, body: Readable.toWeb(incoming), duplex: 'half' })
}

export function send(outgoing: ServerResponse, answer: Response): void {
  outgoing.writeHead(answer.status, [...answer.headers.entries()].flat())
  if (answer.body === null) outgoing.end()
  else Readable.fromWeb(answer.body).pipe(outgoing)
}
