import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Bank } from '../../src-main/centre/bank/port.ts'
import { BANK_ACTS } from '../../src-shared/front-desk.ts'

/** Offers a bank as docs/bank.openapi.json describes it. `loses` answers after the bank has done its work, as a broken line does. */
export async function bankOverHttp(bank: Bank, loses: () => boolean = () => false) {
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, json }) => {
        if (loses()) response.destroy()
        else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
      },
      () => response.writeHead(500).end()
    )
  })
  async function answer(request: IncomingMessage): Promise<{ status: number; json: unknown }> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer) // a stream of bytes: no encoding was set
    // What a real service would check by its schema; the adapter under test writes it.
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { customerId: string; args: Record<string, string> }
    if (request.url === '/activity') return { status: 200, json: await bank.activity(body.customerId) }
    const act = BANK_ACTS.find((one) => request.url === `/acts/${one}`)
    const requestId = request.headers['idempotency-key']
    if (act === undefined || typeof requestId !== 'string') return { status: 404, json: {} }
    const { requestId: _, act: __, ...rest } = await bank.run({ requestId, act, ...body })
    return { status: !rest.ok && rest.code === 'unavailable' ? 503 : 200, json: rest }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is never a path.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    }
  }
}
