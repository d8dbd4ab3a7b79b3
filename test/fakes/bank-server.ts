import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface BankAsk {
  path: string
  headers: IncomingMessage['headers']
  body: unknown
}

/** What the server does with one request. */
export type Manner =
  | { json: unknown; status?: number; headers?: Record<string, string> }
  | { text: string }
  /** Says the length of all and sends a part. */
  | { half: string }
  | 'silent'
  | 'hang_up'

/** A bank on loopback that answers as it is told, one manner a request, the last one for ever; it notes what it was asked. */
export async function bankServer(...manners: readonly Manner[]) {
  const asked: BankAsk[] = []
  let next = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8') || 'null')
      asked.push({ path: request.url ?? '', headers: request.headers, body })
      answer(response, manners[Math.min(next++, manners.length - 1)] ?? 'silent')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is never a path.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/bank`,
    asked,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    }
  }
}

function answer(response: ServerResponse, manner: Manner) {
  if (manner === 'silent') return
  if (manner === 'hang_up') return void response.destroy()
  if ('half' in manner) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': manner.half.length * 2 })
    response.write(manner.half, () => response.destroy())
    return
  }
  const text = 'text' in manner ? manner.text : JSON.stringify(manner.json)
  const { status = 200, headers = {} } = 'json' in manner ? manner : {}
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
}
