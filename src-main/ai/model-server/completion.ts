import { z } from 'zod'
import type { ModelFailure } from '../../../src-shared/contract/model-server.ts'
import { eventsOf } from './server-sent-events.ts'

export interface ModelServerConfig {
  /** Where the API begins, such as `https://models.bank.example/v1`. */
  url: string
  model: string
  /** Sent as bearer token; empty for none. */
  key: string
  deadlineMs: number
}
export interface Message {
  role: 'system' | 'user'
  content: string
}

/** No answer came that could be read. `status` is the HTTP status where there was one. */
export class CompletionError extends Error {
  readonly failure: ModelFailure
  readonly status: number | undefined
  constructor(failure: ModelFailure, status?: number) {
    super(failure)
    this.name = 'CompletionError'
    this.failure = failure
    this.status = status
  }
}

const MOST_TOKENS = 700
/** What may come over the line for one answer, wrapping included. */
const MOST_BYTES = 512 * 1024
/** Of the answer itself, a model's thinking aloud included. */
const MOST_CHARACTERS = 24_000

const Part = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.string().nullish() }).nullish(), finish_reason: z.string().nullish() }))
})
const Whole = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }), finish_reason: z.string().nullish() })).min(1)
})
const Trouble = z.object({ error: z.unknown().refine((error) => error !== undefined && error !== null) })

/**
 * One chat completion by the OpenAI API (`POST chat/completions`, streamed), as llama.cpp, vLLM, Ollama and others serve it too.
 *
 * @throws {CompletionError}
 */
export async function complete(config: ModelServerConfig, messages: readonly Message[], signal: AbortSignal): Promise<string> {
  const response = await post(config, messages, signal)
  if (!response.ok) {
    // Nobody reads what an error page says; leaving it open would keep the connection.
    await response.body?.cancel().catch(() => undefined)
    throw new CompletionError(failureOf(response.status), response.status)
  }
  if (!response.body) throw new CompletionError('not_understood', response.status)
  const isStream = response.headers.get('content-type')?.toLowerCase().includes('text/event-stream') ?? false
  const bytes = bounded(response.body, signal)
  return isStream ? ofStream(bytes) : ofWhole(bytes)
}

async function post({ url, model, key }: ModelServerConfig, messages: readonly Message[], signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(`${url.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      // Neither the text nor the key goes anywhere that nobody named.
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream, application/json',
        ...(key === '' ? {} : { authorization: `Bearer ${key}` })
      },
      body: JSON.stringify({ model, messages, stream: true, temperature: 0, max_tokens: MOST_TOKENS }),
      signal
    })
  } catch {
    throw new CompletionError('unreachable')
  }
}

function failureOf(status: number): ModelFailure {
  if (status === 401 || status === 403) return 'key'
  return status === 404 ? 'not_found' : 'server'
}

/** The body as it comes, up to what an answer may be; the connection is given up when its reader stops. */
async function* bounded(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
  const reader = body.getReader()
  let bytes = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      bytes += value.byteLength
      if (bytes > MOST_BYTES) throw new CompletionError('too_large')
      yield value
    }
  } catch (error) {
    throw error instanceof CompletionError ? error : new CompletionError(signal.aborted ? 'slow' : 'incomplete')
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

async function ofStream(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  let finish: string | undefined
  for await (const data of eventsOf(bytes)) {
    if (data === '[DONE]') {
      finish ??= 'stop'
      break
    }
    const parsed = parse(data)
    if (Trouble.safeParse(parsed).success) throw new CompletionError('server')
    const part = Part.safeParse(parsed)
    if (!part.success) throw new CompletionError('not_understood')
    const [choice] = part.data.choices
    text += choice?.delta?.content ?? ''
    if (text.length > MOST_CHARACTERS) throw new CompletionError('too_large')
    finish = choice?.finish_reason ?? finish
  }
  if (finish !== 'stop') throw new CompletionError('incomplete')
  return text
}

/** Some servers answer in one piece whatever was asked. */
async function ofWhole(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let json = ''
  for await (const piece of bytes) json += decoder.decode(piece, { stream: true })
  const parsed = parse(json)
  if (Trouble.safeParse(parsed).success) throw new CompletionError('server')
  const whole = Whole.safeParse(parsed)
  const choice = whole.success ? whole.data.choices[0] : undefined
  if (!choice) throw new CompletionError('not_understood')
  if ((choice.finish_reason ?? 'stop') !== 'stop') throw new CompletionError('incomplete')
  return choice.message.content
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch {
    throw new CompletionError('not_understood')
  }
}
