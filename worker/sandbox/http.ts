import type { IncomingMessage, ServerResponse } from 'node:http'

// Between Node's HTTP server and simulators, which are functions from a Request to a Response. Bodies are small here and
// are read whole.

/** What came in, as if it had been asked for at `origin` + `path`. */
async function toRequest(incoming: IncomingMessage, path: string, origin: string): Promise<Request> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) headers.append(name, one)
  }
  const method = incoming.method ?? 'GET'
  const chunks: Uint8Array[] = []
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array)
  if (method === 'GET' || method === 'HEAD') return new Request(origin + path, { method, headers })
  return new Request(origin + path, { method, headers, body: new Uint8Array(Buffer.concat(chunks)) })
}

async function send(outgoing: ServerResponse, answer: Response): Promise<void> {
  const body = new Uint8Array(await answer.arrayBuffer())
  outgoing.writeHead(answer.status, [...answer.headers.entries()].flat())
  outgoing.end(body)
}

/** Answers one exchange of Node's server by a simulator. */
export async function exchange(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  path: string,
  simulator: (request: Request) => Promise<Response>,
): Promise<void> {
  try {
    await send(outgoing, await simulator(await toRequest(incoming, path, `http://${incoming.headers.host}`)))
  } catch {
    outgoing.destroy()
  }
}
