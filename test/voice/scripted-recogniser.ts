import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { createEar, type Ear, type HeardWord, type Understood } from './ear.ts'

/** How many ms of 16 kHz 16-bit audio that is. */
const msOf = (bytes: number) => bytes / 32

/** A recogniser of the test's own that speaks a real one's protocol and can be made to misbehave. */
export interface ScriptedRecogniser {
  readonly url: string
  /** Configurations that clients began with, in order: one for each connection that got that far. */
  readonly hellos: readonly unknown[]
  /** ms of audio that arrived, over all connections. */
  readonly heardMs: number
  /** Were clients' goodbyes understood? */
  readonly goodbyes: number
  readonly connections: number
  /** Ends every connection at once, as a crash does. */
  drop(): void
  /** Accepts nobody until {@link welcome}. */
  refuse(): Promise<void>
  welcome(): Promise<void>
  /** Answers are held back until {@link hurry}, then come all at once. */
  hesitate(): void
  hurry(): void
  /** Every answer is replaced by this text. */
  babble(text: string | Buffer | undefined): void
  /** Every answer comes in two messages, each of them half of it. */
  halve(yes: boolean): void
  close(): Promise<void>
}

/** What one connection's protocol makes of messages. */
interface Dialect {
  /** @returns the answers; `undefined` ends the connection with an error, as the real server's exception does */
  text(text: string): { answers: string[]; hello?: unknown; goodbye?: boolean } | undefined
  audio(pcm: Int16Array): string[] | undefined
}

const textOf = (words: readonly HeardWord[]) => words.map(({ word }) => word).join(' ')

/** As vosk-server's asr_server.py: an answer for each piece of audio; the end must be spelled as its source spells it. */
function vosk(): Dialect {
  const ear: Ear = createEar()
  const answer = (understood: Understood | undefined): string => {
    if (understood?.type !== 'final') return JSON.stringify({ partial: textOf(understood?.words ?? []) })
    const result = understood.words.map(({ word, startMs, endMs }) => ({ word, start: startMs / 1_000, end: endMs / 1_000, conf: 0.9 }))
    return JSON.stringify({ result, text: textOf(understood.words) })
  }
  return {
    text(text) {
      if (text.includes('config')) return { answers: [], hello: JSON.parse(text) }
      if (text !== '{"eof" : 1}') return undefined
      const last = ear.end()
      return { answers: [last ? answer(last) : JSON.stringify({ text: '' })], goodbye: true }
    },
    audio: (pcm) => [answer(ear.hear(pcm))]
  }
}

/** As FunASR's C++ two-pass server: new words every 600 ms, the whole at a pause; nothing before it knows the chunk size. */
function funAsr(): Dialect {
  const ear: Ear = createEar()
  let ready = false
  let told = 0
  let pieces = 0
  const offline = ({ words }: Understood, last: boolean) => {
    told = 0
    const timestamp = JSON.stringify(words.map(({ startMs, endMs }) => [startMs, endMs]))
    return JSON.stringify({ mode: '2pass-offline', text: `${textOf(words)}.`, wav_name: 'a', is_final: last, timestamp })
  }
  return {
    text(text) {
      const message: unknown = JSON.parse(text)
      if (typeof message !== 'object' || message === null) return undefined
      if ('chunk_size' in message) {
        ready = true
        return { answers: [], hello: message }
      }
      if (!('is_speaking' in message) || message.is_speaking !== false) return undefined
      const last = ear.end()
      return { answers: [last ? offline(last, true) : JSON.stringify({ text: '', wav_name: 'a', is_final: true })], goodbye: true }
    },
    audio(pcm) {
      if (!ready) return undefined
      const understood = ear.hear(pcm)
      if (understood?.type === 'final') return [offline(understood, false)]
      if (++pieces % 6 !== 0 || !understood || understood.words.length === told) return []
      const fresh = textOf(understood.words.slice(told))
      told = understood.words.length
      return [JSON.stringify({ mode: '2pass-online', text: fresh, wav_name: 'a', is_final: false })]
    }
  }
}

export async function createScriptedRecogniser(protocol: 'vosk' | 'funasr'): Promise<ScriptedRecogniser> {
  const hellos: unknown[] = []
  const held: (() => void)[] = []
  let heardMs = 0
  let goodbyes = 0
  let connections = 0
  let hesitant = false
  let babble: string | Buffer | undefined
  let halves = false
  let http: Server | undefined
  const sockets = new WebSocketServer({ noServer: true })

  function say(socket: WebSocket, answer: string): void {
    const send = () => {
      if (babble !== undefined) socket.send(babble)
      else if (halves) {
        socket.send(answer.slice(0, answer.length / 2))
        socket.send(answer.slice(answer.length / 2))
      } else socket.send(answer)
    }
    if (hesitant) held.push(send)
    else send()
  }

  sockets.on('connection', (socket) => {
    connections += 1
    const dialect = protocol === 'vosk' ? vosk() : funAsr()
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        heardMs += msOf(data.length)
        const answers = dialect.audio(new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length)))
        if (!answers) socket.close(1011)
        else for (const answer of answers) say(socket, answer)
        return
      }
      const reply = dialect.text(data.toString())
      if (!reply) {
        socket.close(1011)
        return
      }
      if ('hello' in reply) hellos.push(reply.hello)
      for (const answer of reply.answers) say(socket, answer)
      if (!reply.goodbye) return
      goodbyes += 1
      // Vosk's server ends the connection by itself; FunASR's waits for the client to.
      if (protocol !== 'vosk') return
      if (hesitant) held.push(() => socket.close())
      else socket.close()
    })
  })

  async function listen(port: number): Promise<number> {
    const server = createServer()
    server.on('upgrade', (request, socket, head) => sockets.handleUpgrade(request, socket, head, (one) => sockets.emit('connection', one)))
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
    http = server
    const address = server.address() as AddressInfo // a TCP server has no other
    return address.port
  }
  const drop = () => {
    held.length = 0
    for (const socket of sockets.clients) socket.terminate()
  }
  const refuse = () =>
    new Promise<void>((done) => {
      const server = http
      http = undefined
      if (server) server.close(() => done())
      else done()
      drop()
    })

  const port = await listen(0)
  return {
    url: `ws://127.0.0.1:${port}`,
    hellos,
    get heardMs() {
      return heardMs
    },
    get goodbyes() {
      return goodbyes
    },
    get connections() {
      return connections
    },
    drop,
    refuse,
    async welcome() {
      await listen(port)
    },
    hesitate() {
      hesitant = true
    },
    hurry() {
      hesitant = false
      for (const send of held.splice(0)) send()
    },
    babble(text) {
      babble = text
    },
    halve(yes) {
      halves = yes
    },
    close: refuse
  }
}
