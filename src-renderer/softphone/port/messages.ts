import type { Refusal } from '../../../src-shared/errors.ts'
import { refusalOf } from '../../connect.ts'
import { PhoneInputError } from '../call/state.ts'
import { type Action, type Levels, PhoneGoneError, type PhoneView, type Watched } from './port.ts'

/** What the pages of one desk say to each other about its phone. Raised whenever a page of before could not read it. */
export const WIRE_VERSION = 1

export type Message = { v: typeof WIRE_VERSION; from: string } & Said
export type Said =
  /** A screen is there, and looks at these levels; told again and again. */
  | { type: 'screen'; watching: readonly Watched[] }
  /** The phone as it is; whoever says so is the phone. */
  | { type: 'view'; view: PhoneView }
  | { type: 'alive' }
  | { type: 'levels'; what: Watched; levels: Levels }
  | { type: 'act'; id: string; action: Action }
  | { type: 'done'; to: string; id: string; failure?: Failure | undefined }
  /** The phone of this page ends; another page may begin one. */
  | { type: 'leaving' }

/** An error as data. */
export interface Failure {
  name: string
  message: string
  field?: string | undefined
  refusal?: Refusal | undefined
}

export function failureOf(error: unknown): Failure {
  const refusal = refusalOf(error)
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return { name, message, ...(refusal ? { refusal } : {}), ...(error instanceof PhoneInputError ? { field: error.field } : {}) }
}

/** The error again, so that whoever shows it sees what the phone's own page would have seen. */
export function errorOf({ name, message, field, refusal }: Failure): Error {
  if (refusal) return Object.assign(new Error(message), { code: 'REFUSED', data: refusal })
  if (field !== undefined) return new PhoneInputError(field, message)
  return name === 'PhoneGoneError' ? new PhoneGoneError() : new Error(message)
}

type Shape = Readonly<Record<string, 'string' | 'number' | 'boolean' | 'strings'>>
const OF_CALL: Shape = { callId: 'string' }
const SWITCHED: Shape = { callId: 'string', on: 'boolean' }

/** What must be there for the phone to understand an action; what else there is must not harm it. */
const ACTIONS: Readonly<Record<Exclude<Action['type'], 'phone'>, Shape>> = {
  dial: { callId: 'string', to: 'string', number: 'string' },
  answer: OF_CALL,
  recover: { conversationId: 'string' },
  'give-up': { conversationId: 'string' },
  'dismiss-lost': OF_CALL,
  'pause-recording': { callId: 'string', reason: 'string', forMs: 'number' },
  'resume-recording': { callId: 'string', endedBy: 'string' },
  'test-sound': { what: 'string', deviceId: 'string', volume: 'number' },
  'refresh-devices': {},
  headset: { connect: 'boolean' },
  probe: {}
}
const INPUTS: Readonly<Record<Extract<Action, { type: 'phone' }>['input']['type'], Shape>> = {
  hurry: {},
  'do-not-disturb': { on: 'boolean' },
  accept: OF_CALL,
  expect: { conversationId: 'string', forMs: 'number' },
  belongs: { callId: 'string', conversationId: 'string' },
  decline: OF_CALL,
  'hang-up': OF_CALL,
  hold: SWITCHED,
  mute: SWITCHED,
  digit: { callId: 'string', digit: 'string' },
  transfer: { callId: 'string', to: 'string' },
  park: { callId: 'string', to: 'string', slot: 'string', retrieval: 'string' },
  swap: OF_CALL,
  'abort-consult': OF_CALL,
  complete: OF_CALL,
  conference: { callIds: 'strings' },
  split: OF_CALL,
  'leave-conference': {}
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function fits(value: unknown, shape: Shape | undefined): boolean {
  if (!isRecord(value) || !shape) return false
  return Object.entries(shape).every(([name, kind]) => {
    const field = value[name]
    if (kind === 'strings') return Array.isArray(field) && field.every((one) => typeof one === 'string')
    return typeof field === kind && (kind !== 'number' || Number.isFinite(field))
  })
}

const shapeOf = <S>(shapes: Readonly<Record<string, S>>, type: unknown): S | undefined =>
  typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type] : undefined

function isAction(value: unknown): boolean {
  if (!isRecord(value)) return false
  if (value['type'] !== 'phone') return fits(value, shapeOf(ACTIONS, value['type']))
  const { input } = value
  return isRecord(input) && fits(input, shapeOf(INPUTS, input['type']))
}

function isView(view: unknown): boolean {
  if (!isRecord(view)) return false
  const { state, devices, readiness, headset } = view
  return (
    typeof view['account'] === 'string' &&
    isRecord(state) &&
    Array.isArray(state['calls']) &&
    isRecord(state['line']) &&
    typeof state['line']['registration'] === 'string' &&
    isRecord(devices) &&
    Array.isArray(devices['microphones']) &&
    Array.isArray(devices['outputs']) &&
    isRecord(readiness) &&
    typeof readiness['ready'] === 'boolean' &&
    isRecord(headset) &&
    (['quality', 'transcripts', 'recordings'] as const).every((name) => isRecord(view[name])) &&
    (['recoverable', 'lost'] as const).every((name) => Array.isArray(view[name]))
  )
}

const WATCHED: readonly unknown[] = ['call', 'microphone'] satisfies Watched[]
const CHECKS: Readonly<Record<Said['type'], (message: Record<string, unknown>) => boolean>> = {
  screen: ({ watching }) => Array.isArray(watching) && watching.every((one) => WATCHED.includes(one)),
  view: ({ view }) => isView(view),
  alive: () => true,
  levels: ({ what, levels }) => WATCHED.includes(what) && fits(levels, { out: 'number', in: 'number', microphone: 'number' }),
  act: ({ id, action }) => typeof id === 'string' && isAction(action),
  done: (message) =>
    fits(message, { to: 'string', id: 'string' }) &&
    (message['failure'] === undefined || fits(message['failure'], { name: 'string', message: 'string' })),
  leaving: () => true
}

/** A message of another page, or why it is none that this page understands. */
export function readMessage(data: unknown): Message | { bad: string } {
  if (!isRecord(data)) return { bad: 'not an object' }
  if (data['v'] !== WIRE_VERSION) return { bad: `version ${String(data['v'])}` }
  if (typeof data['from'] !== 'string') return { bad: 'from nobody' }
  const check = shapeOf(CHECKS, data['type'])
  if (!check?.(data)) return { bad: `not a proper "${String(data['type'])}"` }
  return data as Message // its check has just said so
}
