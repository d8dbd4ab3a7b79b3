import { z } from 'zod'
import { createBreaker } from './breaker.ts'
import { type Activity, BANK_REFUSALS, type Bank, type BankAnswer, type BankRefusal, type BankRequest } from './port.ts'
import { ActivityAnswer, MOST_ROWS, ROWS } from './rows.ts'

/** A bank reached over HTTP as docs/bank.openapi.json describes it; docs/bank.md says how to put one behind Sidetone. */

export interface HttpBankOptions {
  /** `https:`, or `http:` on this machine only; with or without a path. */
  baseUrl: string
  auth: { kind: 'bearer'; token: string } | { kind: 'api_key'; header: string; key: string }
  /** One call with all its tries; a customer waits that long at most. */
  deadlineMs?: number | undefined
  /** One try. */
  tryMs?: number | undefined
  tries?: number | undefined
  /** So many calls in a row that failed let the bank rest for `restMs`. */
  failures?: number | undefined
  restMs?: number | undefined
  now(): number
  /** Numbers in [0, 1) that spread tries. */
  random(): number
  /** Acts, codes and times only: nothing of a customer. */
  log(event: string, detail?: Record<string, unknown>): void
}

/** The settings name no bank that may be asked. */
export class BankSettingsError extends Error {}

/** The bank cannot be reached or does not answer as agreed; the message names no customer. */
export class BankUnavailableError extends Error {}

const DEADLINE_MS = 6_000
const TRY_MS = 2_500
const TRIES = 3
const FAILURES = 5
const REST_MS = 15_000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2_000
/** A longer answer is none that was asked for. */
const MOST_BYTES = 1_000_000

const Refused = z.object({ ok: z.literal(false), code: z.enum(BANK_REFUSALS), detail: z.string().max(200).optional() })

/** @throws BankSettingsError for an address or a header that cannot be used */
export function createHttpBank(options: HttpBankOptions): Bank {
  const { log, now, random } = options
  const { base, headers } = checked(options)
  const closing = new AbortController()
  const breaker = createBreaker({
    failures: options.failures ?? FAILURES,
    restMs: options.restMs ?? REST_MS,
    now,
    changed: (state) => log('bank.breaker', { state })
  })

  /** One call with all its tries. */
  async function call<T>(what: string, path: string, ask: Ask, read: (json: unknown) => T | undefined): Promise<T> {
    if (closing.signal.aborted) throw new BankUnavailableError('closed')
    if (!breaker.lets()) throw new BankUnavailableError('resting')
    const deadline = AbortSignal.any([closing.signal, AbortSignal.timeout(options.deadlineMs ?? DEADLINE_MS)])
    const startedAt = now()
    const leftMs = () => (options.deadlineMs ?? DEADLINE_MS) - (now() - startedAt)
    for (let place = 1; ; place++) {
      const result = await once(path, ask, deadline, read)
      if ('value' in result) {
        breaker.succeeded()
        return result.value
      }
      const waitMs = Math.max(result.afterMs ?? 0, pauseMs(place, random))
      const last = place >= (options.tries ?? TRIES) || !result.again || waitMs >= leftMs()
      log('bank.failed', { what, why: result.why, place, tookMs: now() - startedAt, ...(last && { last }) })
      if (!last) await pause(waitMs, deadline)
      if (last || deadline.aborted) {
        breaker.failed()
        throw new BankUnavailableError(result.why)
      }
    }
  }

  async function once<T>(path: string, ask: Ask, deadline: AbortSignal, read: (json: unknown) => T | undefined): Promise<Try<T>> {
    try {
      const signal = AbortSignal.any([deadline, AbortSignal.timeout(options.tryMs ?? TRY_MS)])
      // A redirect would carry the token to another server.
      const response = await fetch(new URL(path, base), {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', ...ask.headers },
        body: JSON.stringify(ask.body),
        redirect: 'error',
        signal
      })
      const body = await bodyOf(response)
      if (response.ok) {
        const value = body === undefined ? undefined : read(JSON.parse(body))
        // A second try would be answered from what the bank keeps for the key: the same again.
        return value === undefined ? { why: 'wrong_answer', again: false } : { value }
      }
      const afterMs = retryAfterMs(response)
      return { why: `status_${response.status}`, again: AGAIN.includes(response.status), ...(afterMs !== undefined && { afterMs }) }
    } catch (error) {
      if (error instanceof SyntaxError) return { why: 'no_json', again: true }
      return { why: nameOf(error), again: true }
    }
  }

  return {
    async run(request) {
      const { requestId, act, customerId, args } = request
      const ask = { headers: { 'idempotency-key': requestId }, body: { customerId, args } }
      try {
        return await call(act, `acts/${act}`, ask, (json) => answerOf(request, json))
      } catch (error) {
        if (!(error instanceof BankUnavailableError)) log('bank.failed', { what: act, why: nameOf(error), last: true })
        return refusal(request, 'unavailable', 'the bank cannot answer now')
      }
    },
    activity: (customerId) =>
      call(
        'activity',
        'activity',
        { headers: {}, body: { customerId } },
        (json): Activity | undefined => ActivityAnswer.safeParse(json).data
      ),
    close: () => closing.abort()
  }
}

interface Ask {
  headers: Readonly<Record<string, string>>
  body: Readonly<Record<string, unknown>>
}

type Try<T> = { value: T } | { why: string; again: boolean; afterMs?: number }

/** A server that is busy, still at the same request, or on its way down: the same key may be sent again. */
const AGAIN: readonly number[] = [408, 409, 425, 429, 500, 502, 503, 504]

const refusal = ({ requestId, act }: BankRequest, code: BankRefusal, detail: string): BankAnswer => ({
  requestId,
  act,
  ok: false,
  code,
  detail
})

function answerOf(request: BankRequest, json: unknown): BankAnswer | undefined {
  const refused = Refused.safeParse(json)
  if (refused.success) return refusal(request, refused.data.code, refused.data.detail ?? '')
  const done = z.object({ ok: z.literal(true), rows: z.array(ROWS[request.act]).max(MOST_ROWS) }).safeParse(json)
  return done.success ? { requestId: request.requestId, act: request.act, ok: true, rows: done.data.rows } : undefined
}

/** The whole body as text; `undefined` when it is longer than anything that was asked for. */
async function bodyOf(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Seconds only: a date would need the bank's clock. */
function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined
}

/** Doubling pauses, each shortened by up to half, so that desks do not come back all at once. */
const pauseMs = (place: number, random: () => number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (place - 1)) * (0.5 + 0.5 * random())

function pause(ms: number, deadline: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      deadline.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    deadline.addEventListener('abort', done)
    if (deadline.aborted) done()
  })
}

/** What went wrong, without the message: it may quote the answer. */
function nameOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  if (typeof cause === 'object' && cause !== null && 'code' in cause) return String(cause.code)
  return error instanceof Error ? error.name : 'unknown'
}

function checked({ baseUrl, auth }: HttpBankOptions): { base: URL; headers: Record<string, string> } {
  const base = URL.canParse(baseUrl) ? new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`) : undefined
  if (!base) throw new BankSettingsError('the bank’s address is no URL')
  const here = ['127.0.0.1', '[::1]', 'localhost'].includes(base.hostname)
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && here))
    throw new BankSettingsError('the bank is asked over https only, except on this machine')
  if (base.username !== '' || base.password !== '' || base.search !== '' || base.hash !== '')
    throw new BankSettingsError('the bank’s address holds more than a place')
  const [name, value] = auth.kind === 'bearer' ? ['authorization', `Bearer ${auth.token}`] : [auth.header, auth.key]
  try {
    const headers = new Headers({ accept: 'application/json', [name]: value })
    if ((auth.kind === 'bearer' ? auth.token : auth.key).trim() === '') throw new TypeError('empty')
    return { base, headers: Object.fromEntries(headers) }
  } catch {
    // The message of the cause would quote the secret.
    throw new BankSettingsError('the bank’s token or key cannot be sent as a header')
  }
}
