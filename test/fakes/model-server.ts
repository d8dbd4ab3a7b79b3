import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the scripted server does with one request. */
export type Turnout = (response: ServerResponse, body: string) => void | Promise<void>

export interface ScriptedModelServer {
  /** Where its API begins. */
  url: string
  /** What was asked, in order. */
  requests: { headers: IncomingMessage['headers']; path: string; body: string }[]
  /** The next requests are answered so, the last one for ever. */
  play(...turnouts: Turnout[]): void
  /** Connections that are open now. */
  open(): number
  close(): Promise<void>
}

/** A chat completion server on loopback that does what it is told, mishaps included. */
export async function startScriptedModelServer(...first: Turnout[]): Promise<ScriptedModelServer> {
  let script = first
  const requests: ScriptedModelServer['requests'] = []
  const streams = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    streams.add(response)
    response.on('close', () => streams.delete(response))
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString('utf8')
      requests.push({ headers: request.headers, path: request.url ?? '', body })
      const turnout = script.length > 1 ? script.shift() : script[0]
      if (!turnout) response.writeHead(500).end()
      else void turnout(response, body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on TCP
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    play(...turnouts) {
      script = turnouts
    },
    open: () => streams.size,
    async close() {
      for (const stream of streams) stream.destroy()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    }
  }
}

const event = (value: unknown): string => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`
const part = (content: string, finish: string | null = null): string =>
  event({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })
const asStream = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })

/** The whole answer, in pieces that cut through words and characters. */
export const says =
  (answer: string): Turnout =>
  (response) => {
    const whole = Buffer.from(
      event({ choices: [{ index: 0, delta: { role: 'assistant' }, finish_reason: null }] }) +
        `: still here\n\n${[...answer].map((char) => part(char)).join('')}${part('', 'stop')}${event({ choices: [], usage: { total_tokens: 9 } })}${event('[DONE]')}`
    )
    asStream(response)
    for (let i = 0; i < whole.length; i += 101) response.write(whole.subarray(i, i + 101))
    response.end()
  }
/** As a model that keeps to its form would. */
export const words = (text: string, source?: string): Turnout => says(JSON.stringify(source === undefined ? { text } : { text, source }))

export const inOnePiece =
  (answer: string): Turnout =>
  (response) =>
    void response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content: answer }, finish_reason: 'stop' }] }))
export const fails =
  (status: number, body = 'broken'): Turnout =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'text/plain' }).end(body)
/** Takes the request and says nothing. */
export const silent: Turnout = () => {}
/** Begins an answer and never goes on. */
export const stalls =
  (start: string): Turnout =>
  (response) =>
    void asStream(response).write(part(start))
/** Begins an answer and hangs up. */
export const hangsUp =
  (start: string): Turnout =>
  (response) => {
    asStream(response).write(part(start), () => response.destroy())
  }
/** Ends its stream cleanly without ever saying that the answer is whole. */
export const stopsShort =
  (start: string): Turnout =>
  (response) =>
    void asStream(response).end(part(start))
export const cutForLength =
  (start: string): Turnout =>
  (response) =>
    void asStream(response).end(part(start) + part('', 'length') + event('[DONE]'))
/** Sends for ever, as fast as it is read. */
export const endless =
  (piece: string): Turnout =>
  (response) => {
    asStream(response)
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  }
export const raw =
  (body: string, type = 'text/event-stream'): Turnout =>
  (response) =>
    void response.writeHead(200, { 'content-type': type }).end(body)
export const redirects =
  (to: string): Turnout =>
  (response) =>
    void response.writeHead(307, { location: to }).end()
export const endlessPart = (text: string): Turnout => endless(part(text))

/** As a well-behaved model would: the wording it was given, with a beginning of its own. */
export const rewords =
  (beginning: string): Turnout =>
  (response, body) =>
    says(JSON.stringify({ text: `${beginning}${localWordingOf(body)}`, source: 'S1' }))(response, body)

function localWordingOf(body: string): string {
  const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] } // written by the client under test
  const material = messages.find(({ role }) => role === 'user')?.content.split('\n\nCONVERSATION')[0] ?? ''
  return (
    material
      .split('\n\n')
      .at(-1)
      ?.replace(/^MATERIAL\n/, '') ?? ''
  )
}
