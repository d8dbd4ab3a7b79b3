import { createHash, randomBytes } from 'node:crypto'
import { WebSocket } from 'ws'
import type { PbxAccount } from '../../../../src-main/practice/pbx/port.ts'
import { until } from './until.ts'

/** One SIP message as the test phone reads it: by its own simple reader, so that a fault of the PBX's parser cannot hide itself. */
export interface Received {
  startLine: string
  status: number
  method: string
  all(name: string): string[]
  header(name: string): string
  body: string
}

export function read(text: string): Received {
  const cut = text.indexOf('\r\n\r\n')
  const [startLine = '', ...lines] = text.slice(0, cut).split('\r\n')
  const all = (name: string): string[] =>
    lines.filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)).map((line) => line.slice(line.indexOf(':') + 1).trim())
  const header = (name: string): string => all(name)[0] ?? ''
  const status = Number(/^SIP\/2\.0 (\d+)/.exec(startLine)?.[1] ?? 0)
  return {
    startLine,
    status,
    method: status > 0 ? (header('CSeq').split(' ')[1] ?? '') : (startLine.split(' ')[0] ?? ''),
    all,
    header,
    body: text.slice(cut + 4)
  }
}

export const token = (): string => randomBytes(6).toString('hex')
export const tagOf = (value: string): string => /;tag=([^;]+)/.exec(value)?.[1] ?? ''
export const uriOf = (value: string): string => /<([^>]+)>/.exec(value)?.[1] ?? value

const hex = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex')

/** The Digest answer to one challenge (RFC 7616). */
export function credentials(challenge: string, account: { user: string; secret: string }, method: string, uri: string, nc = 1): string {
  const field = (name: string): string => new RegExp(`${name}="?([^",]+)"?`).exec(challenge)?.[1] ?? ''
  const algorithm = field('algorithm')
  const hash = algorithm === 'SHA-256' ? 'sha256' : 'md5'
  const count = nc.toString(16).padStart(8, '0')
  const a1 = hex(hash, `${account.user}:${field('realm')}:${account.secret}`)
  const response = hex(hash, [a1, field('nonce'), count, 'c0ffee', 'auth', hex(hash, `${method}:${uri}`)].join(':'))
  return (
    `Digest username="${account.user}", realm="${field('realm')}", nonce="${field('nonce')}", uri="${uri}", response="${response}", ` +
    `algorithm=${algorithm}, qop=auth, nc=${count}, cnonce="c0ffee"`
  )
}

export interface DialogView {
  callId: string
  localTag: string
  remoteTag: string
  localUri: string
  remoteUri: string
  target: string
  cseq: number
}

/** A phone by hand: it sends what a test tells it to and keeps everything that came. */
export function createAgentUa(account: PbxAccount) {
  const received: Received[] = []
  const taken = new Set<Received>()
  const instance = token()
  const contact = `<sip:${account.user}@${instance}.invalid;transport=ws>`
  const registrationId = token()
  let registrationCseq = 0
  let socket: WebSocket | undefined
  let closed = true

  const ua = {
    account,
    contact,
    received,
    get closed() {
      return closed
    },
    async connect(protocols: string[] = ['sip']) {
      const opening = new WebSocket(account.server, protocols)
      socket = opening
      opening.on('message', (data) => {
        const text = String(data)
        if (text.trim() !== '') received.push(read(text))
      })
      opening.on('close', () => {
        if (socket === opening) closed = true
      })
      await new Promise<void>((resolve, reject) => {
        opening.once('open', () => resolve())
        opening.once('error', reject)
      })
      closed = false
    },
    /** The cable is pulled: no farewell. */
    cut() {
      socket?.terminate()
      socket = undefined
      closed = true
    },
    raw(data: string | Uint8Array) {
      socket?.send(data)
    },
    /** Waits for the first message not yet taken that fits. */
    async take(what: string, fits: (message: Received) => boolean): Promise<Received> {
      const found = await until(what, () => received.find((message) => !taken.has(message) && fits(message)))
      taken.add(found)
      return found
    },
    request: (method: string) => ua.take(method, (message) => message.status === 0 && message.method === method),
    final: (method: string, callId: string, cseq: number) =>
      ua.take(
        `a final response to ${method}`,
        (message) => message.status >= 200 && message.header('CSeq') === `${cseq} ${method}` && message.header('Call-ID') === callId
      ),
    compose(method: string, uri: string, lines: string[], body = '') {
      return [`${method} ${uri} SIP/2.0`, ...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n')
    },
    /** REGISTER with the first challenge of the wanted algorithm answered. */
    async register(options: { expires?: number; algorithm?: string; contact?: string; secret?: string } = {}): Promise<Received> {
      const uri = `sip:${account.domain}`
      const send = (authorization: string[]): number => {
        registrationCseq++
        ua.raw(
          ua.compose('REGISTER', uri, [
            `Via: SIP/2.0/WS ${instance}.invalid;branch=z9hG4bK${token()}`,
            'Max-Forwards: 70',
            `From: <sip:${account.user}@${account.domain}>;tag=${token()}`,
            `To: <sip:${account.user}@${account.domain}>`,
            `Call-ID: ${registrationId}`,
            `CSeq: ${registrationCseq} REGISTER`,
            `Contact: ${options.contact ?? contact}`,
            `Expires: ${options.expires ?? 600}`,
            ...authorization
          ])
        )
        return registrationCseq
      }
      const first = await ua.final('REGISTER', registrationId, send([]))
      if (first.status !== 401) return first
      const challenge = first.all('WWW-Authenticate').find((value) => value.includes(`algorithm=${options.algorithm ?? 'MD5'}`)) ?? ''
      const answer = credentials(challenge, { user: account.user, secret: options.secret ?? account.secret }, 'REGISTER', uri)
      return ua.final('REGISTER', registrationId, send([`Authorization: ${answer}`]))
    },
    respond(request: Received, status: number, options: { tag?: string; lines?: string[]; body?: string } = {}) {
      const to = request.header('To')
      const body = options.body ?? ''
      ua.raw(
        [
          `SIP/2.0 ${status} Whatever`,
          ...request.all('Via').map((via) => `Via: ${via}`),
          `From: ${request.header('From')}`,
          `To: ${options.tag && !to.includes(';tag=') ? `${to};tag=${options.tag}` : to}`,
          `Call-ID: ${request.header('Call-ID')}`,
          `CSeq: ${request.header('CSeq')}`,
          `Contact: ${contact}`,
          ...(body === '' ? [] : ['Content-Type: application/sdp']),
          ...(options.lines ?? []),
          `Content-Length: ${Buffer.byteLength(body)}`,
          '',
          body
        ].join('\r\n')
      )
    },
    /** The dialog that an INVITE of the PBX opens, as this side sees it. */
    dialogOf(invite: Received, tag: string): DialogView {
      return {
        callId: invite.header('Call-ID'),
        localTag: tag,
        remoteTag: tagOf(invite.header('From')),
        localUri: uriOf(invite.header('To')),
        remoteUri: uriOf(invite.header('From')),
        target: uriOf(invite.header('Contact')),
        cseq: 100
      }
    },
    /** A request inside a dialog; gives its CSeq. */
    send(dialog: DialogView, method: string, options: { lines?: string[]; body?: string; cseq?: number; branch?: string } = {}): number {
      const cseq = options.cseq ?? ++dialog.cseq
      ua.raw(
        ua.compose(
          method,
          dialog.target,
          [
            `Via: SIP/2.0/WS ${instance}.invalid;branch=${options.branch ?? `z9hG4bK${token()}`}`,
            'Max-Forwards: 70',
            `From: <${dialog.localUri}>;tag=${dialog.localTag}`,
            `To: <${dialog.remoteUri}>${dialog.remoteTag === '' ? '' : `;tag=${dialog.remoteTag}`}`,
            `Call-ID: ${dialog.callId}`,
            `CSeq: ${cseq} ${method}`,
            ...(method === 'ACK' || method === 'CANCEL' ? [] : [`Contact: ${contact}`]),
            ...(options.lines ?? (options.body ? ['Content-Type: application/sdp'] : []))
          ],
          options.body
        )
      )
      return cseq
    },
    async ask(dialog: DialogView, method: string, options: { lines?: string[]; body?: string } = {}): Promise<Received> {
      return ua.final(method, dialog.callId, ua.send(dialog, method, options))
    },
    close() {
      socket?.terminate()
    }
  }
  return ua
}
export type AgentUa = ReturnType<typeof createAgentUa>
