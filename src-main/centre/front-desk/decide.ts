import type { IntentScore, MoodScore } from '../../../src-shared/events.ts'
import type { FrontDeskState, HandoffReason, Tried } from '../../../src-shared/front-desk.ts'
import { HUMAN_ONLY } from '../../../src-shared/taxonomy.ts'
import type { Finding, Passage } from '../../ai/ai.ts'
import type { BankAnswer, BankRow } from '../bank/port.ts'
import type { ActStep, Flow, FlowBook, Step, Word } from './flows.ts'
import { fill, type Tongue } from './say.ts'
import { asksForPerson, choiceIn, codeIn, hideCode, isDone, slotIn, yesOrNo } from './slots.ts'

/** What comes to the front desk. `text` is what was said before masking; it goes into no state. */
export type FrontDeskInput =
  | { type: 'said'; text: string; masked: string; entryId: string; intent: IntentScore; mood: MoodScore; findings: readonly Finding[] }
  | { type: 'bank'; answer: BankAnswer }

export interface FrontDeskWorld {
  book: FlowBook
  now: number
  tongue: Tongue
  verified: boolean
  /** An alert of risk stands in this conversation. */
  alerted: boolean
  newId(): string
  /** The article that answers a question, where one fits well enough and may be told to anybody. */
  article(text: string, intent: IntentScore): Passage | undefined
}

/** What the front desk makes of it. */
export interface FrontDeskMove {
  state: FrontDeskState
  say: string[]
  ask?: { requestId: string; act: ActStep['act']; args: Record<string, string> }
  verification?: 'started' | 'verified' | 'failed'
  promised?: string
  end?: { outcome: 'contained' | 'handed_over'; because?: HandoffReason; unanswered?: { entryId: string; text: string } }
}

/** From this confidence on an intent is acted on; below, the customer is asked again. */
export const SURE = 0.5
/** A second time not understood is a person's turn. */
const MISSES = 2
/** So many codes that did not fit, whether the bank counts them or not. */
const CODES = 3
const ANGRY = 0.6
/** What the rules find in a customer's words that a person must see at once. */
const RISKY: readonly string[] = ['coached', 'screen_sharing', 'gave_secret']
const REGULATOR = 'regulator'
/** Steps that are no step of a flow. */
const VERIFY = 'verify'
const MORE = 'more'
const HELPED = 'helped'

/** A one-time code was sent, and the customer is to tell it. */
export const awaitsCode = ({ step }: FrontDeskState): boolean => step === VERIFY

export const emptyFrontDesk = (): FrontDeskState => ({ gathered: [], tried: [], misses: 0 })

/** Decides the front desk's next words and acts. Pure: the same input in the same state is the same move. */
export function decideFrontDesk(before: FrontDeskState, input: FrontDeskInput, world: FrontDeskWorld): FrontDeskMove {
  const move: FrontDeskMove = { state: structuredClone(before), say: [] }
  if (input.type === 'bank') answered(move, input.answer, world)
  else heard(move, input, world)
  return move
}

type Said = Extract<FrontDeskInput, { type: 'said' }>

function heard(move: FrontDeskMove, said: Said, world: FrontDeskWorld) {
  const { state } = move
  const because = needsPerson(state, said, world)
  if (because) return handOver(move, because, world)
  // The bank is still at it: what is said meanwhile is kept in the timeline and answered after.
  if (state.asked) return
  const flow = flowOf(world, state.flow)
  const step = flow?.steps.find(({ id }) => id === state.step)
  if (state.step === VERIFY && flow) return verifying(move, said, world)
  if (flow && step && takes(move, flow, step, said, world)) return
  if (state.step === HELPED && !isDone(said.text)) {
    const helped = yesOrNo(said.text)
    if (helped === false) return handOver(move, 'not_understood', world, said, state.question)
    if (helped === true) return more(move, world)
  }
  if (state.step === MORE || state.step === HELPED) {
    if (yesOrNo(said.text) === false || isDone(said.text)) return goodbye(move, world)
  }
  begin(move, said, world)
}

/** Reasons to call a person at once, whatever the flow. */
function needsPerson(
  state: FrontDeskState,
  { text, intent, mood, findings }: Said,
  { book, alerted }: FrontDeskWorld
): HandoffReason | undefined {
  if (alerted) return 'risk'
  if (asksForPerson(text) || (intent.intent === 'human_agent' && intent.confidence >= SURE)) return 'requested'
  // The code that we asked for is given to us and nobody else.
  const alarming = findings.filter(({ rule }) => !(rule === 'gave_secret' && state.step === VERIFY && codeIn(text) !== undefined))
  if (alarming.some(({ rule }) => RISKY.includes(rule)) || (intent.intent === 'fraud_report' && intent.confidence >= SURE)) return 'risk'
  if (HUMAN_ONLY.includes(intent.intent) || findings.some(({ rule }) => rule === REGULATOR)) return 'human_only'
  if ((mood.mood === 'angry' || mood.mood === 'abusive') && mood.confidence >= ANGRY) return 'strain'
  if (mood.mood === 'frustrated' && mood.confidence >= ANGRY && (state.misses > 0 || state.tried.length > 0)) return 'strain'
  const known = intent.intent !== 'unknown' && intent.confidence >= SURE
  if (known && state.flow === undefined && !book.flows.some((flow) => flow.intents.includes(intent.intent)) && !answerable(intent.intent))
    return 'not_for_front_desk'
  return undefined
}

/** Questions that an article may answer although there is nothing to act on. */
const answerable = (intent: IntentScore['intent']): boolean =>
  ['card_activate', 'card_limit', 'account_open', 'wealth_product', 'loan_apply', 'insurance_claim', 'pin_password'].includes(intent)

/** A step takes what was said; false when it is about something else. */
function takes(move: FrontDeskMove, flow: Flow, step: Step, said: Said, world: FrontDeskWorld): boolean {
  const { state } = move
  if ('confirm' in step) {
    const yes = yesOrNo(said.text)
    if (yes === undefined) return missed(move, fill(step.confirm, world.tongue, valuesOf(state)), said, world)
    if (!yes) {
      word(move, 'cancelled', world)
      more(move, world)
      return true
    }
    return goOn(move, flow, step, world)
  }
  if ('need' in step) {
    const value = slotIn(step.need, said.masked)
    if (value === undefined) return missed(move, fill(step.ask, world.tongue, valuesOf(state)), said, world)
    gather(state, step.need, value, said.entryId, world.now)
    return goOn(move, flow, step, world)
  }
  if (step.choose !== undefined) {
    const offered = choicesOf(state)
    const place = choiceIn(said.text, offered.length)
    const chosen = place === undefined ? undefined : offered[place]
    if (chosen === undefined) return missed(move, world.book.words.again[world.tongue], said, world)
    gather(state, step.choose, chosen, said.entryId, world.now)
    return goOn(move, flow, step, world)
  }
  // The bank asked which one.
  const tail = slotIn('tail', said.masked)
  if (tail === undefined) return missed(move, world.book.words.again[world.tongue], said, world)
  gather(state, 'tail', tail, said.entryId, world.now)
  // From the start: a yes to one card is no yes to another.
  run(move, flow, 0, world)
  return true
}

const goOn = (move: FrontDeskMove, flow: Flow, step: Step, world: FrontDeskWorld): true => {
  move.state.misses = 0
  run(move, flow, flow.steps.indexOf(step) + 1, world)
  return true
}

/** Nothing fitting came: asked once more; a new wish is followed; then a person. */
function missed(move: FrontDeskMove, again: string, said: Said, world: FrontDeskWorld): boolean {
  const { state } = move
  const other = flowFor(said.intent, world)
  if (other && other.id !== state.flow) return false
  state.misses += 1
  if (state.misses >= MISSES) handOver(move, 'not_understood', world)
  else move.say.push(again)
  return true
}

/** A new wish. */
function begin(move: FrontDeskMove, said: Said, world: FrontDeskWorld) {
  const { state } = move
  const flow = flowFor(said.intent, world)
  if (!flow) return question(move, said, world)
  delete state.step
  state.misses = 0
  state.intent = said.intent.intent
  state.flow = flow.id
  // What belongs to an earlier wish does not belong to this one; what is said in the same breath does.
  state.gathered = state.gathered.filter(({ name }) => name === 'name')
  for (const slot of ['tail', 'kind'] as const) {
    const value = slotIn(slot, said.masked)
    if (value !== undefined) gather(state, slot, value, said.entryId, world.now)
  }
  run(move, flow, 0, world)
}

/** No flow: an article may answer. */
function question(move: FrontDeskMove, said: Said, world: FrontDeskWorld) {
  const { state } = move
  const passage = world.article(said.text, said.intent)
  if (passage) {
    state.misses = 0
    state.intent = said.intent.intent
    delete state.flow
    state.step = HELPED
    state.question = { entryId: said.entryId, text: shown(said, world).slice(0, 500) }
    tried(state, { what: 'article', outcome: 'done', detail: passage.title, at: world.now })
    move.say.push(passage.say)
    word(move, 'article_helped', world)
    return
  }
  state.misses += 1
  tried(state, { what: 'question', outcome: 'not_understood', detail: shown(said, world).slice(0, 200), at: world.now })
  if (state.misses >= MISSES) return handOver(move, 'not_understood', world, said)
  word(move, 'again', world)
}

/** Goes through a flow's steps until the customer or the bank has the word. */
function run(move: FrontDeskMove, flow: Flow, from: number, world: FrontDeskWorld) {
  const { state } = move
  if (flow.verified && !world.verified && move.verification !== 'verified') {
    state.step = VERIFY
    move.verification = 'started'
    return askBank(move, 'code_send', {}, world)
  }
  for (let i = from; i < flow.steps.length; i++) {
    const step = flow.steps[i]
    if (!step) break
    state.step = step.id
    if ('need' in step) {
      if (state.gathered.some(({ name }) => name === step.need)) continue
      move.say.push(fill(step.ask, world.tongue, valuesOf(state)))
      return
    }
    if ('confirm' in step) {
      move.say.push(fill(step.confirm, world.tongue, valuesOf(state)))
      return
    }
    return askBank(move, step.act, argsOf(step, state), world)
  }
  more(move, world)
}

function verifying(move: FrontDeskMove, said: Said, world: FrontDeskWorld) {
  const code = codeIn(said.text)
  if (code !== undefined) return askBank(move, 'code_check', { code }, world)
  if (missed(move, world.book.words.code_ask[world.tongue], said, world)) return
  begin(move, said, world)
}

function answered(move: FrontDeskMove, answer: BankAnswer, world: FrontDeskWorld) {
  const { state } = move
  if (state.asked?.requestId !== answer.requestId) return
  delete state.asked
  const flow = flowOf(world, state.flow)
  if (!flow) return more(move, world)
  if (answer.act === 'code_send' || answer.act === 'code_check') return verified(move, flow, answer, world)
  const index = flow.steps.findIndex(({ id }) => id === state.step)
  const step = flow.steps[index]
  if (!step || !('act' in step)) return more(move, world)
  if (!answer.ok) return refused(move, answer, world)
  // Nothing to tell is told as such, whichever way the bank says it.
  if (answer.rows.length === 0) return refused(move, { ...answer, ok: false, code: 'not_found', detail: '' }, world)
  const rows = answer.rows.slice(0, step.limit)
  const lines = rows.map(
    (row, i) => `${step.choose === undefined ? '' : `${i + 1}. `}${fill(step.row, world.tongue, { ...valuesOf(state), ...row })}`
  )
  tried(state, { what: step.act, outcome: 'done', detail: lines.join(' ').slice(0, 300), at: world.now })
  move.say.push([...(step.intro ? [fill(step.intro, world.tongue, {})] : []), ...lines].join('\n'))
  const first = rows[0]
  if (step.promise && first) move.promised = fill(step.promise, world.tongue, { ...valuesOf(state), ...first })
  if (step.choose !== undefined) {
    gather(state, '_choices', rows.map((row) => String(row[step.choose ?? ''] ?? '')).join(' '), undefined, world.now)
    return
  }
  run(move, flow, index + 1, world)
}

function verified(move: FrontDeskMove, flow: Flow, answer: BankAnswer, world: FrontDeskWorld) {
  const { state } = move
  // An answer that holds nothing proves nothing.
  if (answer.ok && answer.rows.length === 0) return handOver(move, 'bank_unavailable', world)
  if (answer.ok && answer.act === 'code_send') {
    move.say.push(fill(world.book.words.code_sent, world.tongue, answer.rows[0] ?? {}))
    return
  }
  if (answer.ok) {
    move.verification = 'verified'
    state.misses = 0
    tried(state, { what: 'verification', outcome: 'done', at: world.now })
    word(move, 'code_fine', world)
    return run(move, flow, 0, world)
  }
  tried(state, { what: 'verification', outcome: 'failed', detail: answer.code, at: world.now })
  const wrong = state.tried.filter(({ what, detail }) => what === 'verification' && detail === 'wrong_code').length
  if (answer.code === 'wrong_code' && wrong < CODES) return word(move, 'code_wrong', world)
  if (answer.code === 'unavailable') return handOver(move, 'bank_unavailable', world)
  move.verification = 'failed'
  handOver(move, 'verification_failed', world)
}

function refused(move: FrontDeskMove, answer: Extract<BankAnswer, { ok: false }>, world: FrontDeskWorld) {
  const { state } = move
  tried(state, { what: answer.act, outcome: answer.code === 'unavailable' ? 'failed' : 'refused', detail: answer.code, at: world.now })
  if (answer.code === 'unavailable') return handOver(move, 'bank_unavailable', world)
  if (answer.code !== 'not_found') return handOver(move, 'refused', world)
  // A wrong number may have been given: without it there may be something.
  const gave = state.gathered.some(({ name }) => name === 'tail')
  state.misses += 1
  if (state.misses >= MISSES) return handOver(move, 'refused', world)
  word(move, 'nothing', world)
  if (!gave) return more(move, world)
  state.gathered = state.gathered.filter(({ name }) => name !== 'tail')
  word(move, 'again', world)
}

function askBank(move: FrontDeskMove, act: ActStep['act'], args: Record<string, string>, world: FrontDeskWorld) {
  const requestId = world.newId()
  move.state.asked = { requestId, act, at: world.now }
  move.ask = { requestId, act, args }
}

function more(move: FrontDeskMove, world: FrontDeskWorld) {
  delete move.state.flow
  move.state.step = MORE
  move.state.misses = 0
  word(move, 'more', world)
}

function goodbye(move: FrontDeskMove, world: FrontDeskWorld) {
  word(move, 'bye', world)
  move.end = { outcome: 'contained' }
}

function handOver(move: FrontDeskMove, because: HandoffReason, world: FrontDeskWorld, said?: Said, question?: FrontDeskState['question']) {
  move.say = []
  word(move, 'handover', world)
  move.end = {
    outcome: 'handed_over',
    because,
    ...(said && because === 'not_understood' ? { unanswered: question ?? { entryId: said.entryId, text: shown(said, world) } } : {})
  }
}

/** A code may still stand that the customer tells while something else is asked: until they are verified no such figure is noted. */
const shown = ({ masked }: Said, { verified }: FrontDeskWorld): string => (verified ? masked : hideCode(masked))

const word = (move: FrontDeskMove, name: Word, { book, tongue }: FrontDeskWorld) => void move.say.push(book.words[name][tongue])

const flowOf = ({ book }: FrontDeskWorld, id: string | undefined): Flow | undefined => book.flows.find((flow) => flow.id === id)
const flowFor = ({ intent, confidence }: IntentScore, { book }: FrontDeskWorld): Flow | undefined =>
  confidence >= SURE ? book.flows.find((flow) => flow.intents.includes(intent)) : undefined

const valuesOf = (state: FrontDeskState): BankRow => Object.fromEntries(state.gathered.map(({ name, value }) => [name, value]))
const choicesOf = (state: FrontDeskState): string[] => state.gathered.find(({ name }) => name === '_choices')?.value.split(' ') ?? []

function argsOf(step: ActStep, state: FrontDeskState): Record<string, string> {
  const args: Record<string, string> = {}
  for (const [name, value] of Object.entries(step.args)) {
    const filled = value.startsWith('$') ? state.gathered.find((one) => one.name === value.slice(1))?.value : value
    if (filled !== undefined) args[name] = filled
  }
  return args
}

function gather(state: FrontDeskState, name: string, value: string, entryId: string | undefined, at: number) {
  state.gathered = [
    ...state.gathered.filter((one) => one.name !== name),
    { name, value, at, ...(entryId === undefined ? {} : { entryId }) }
  ]
}

const TRIED_LIMIT = 40
function tried(state: FrontDeskState, one: Tried) {
  state.tried = [...state.tried, one].slice(-TRIED_LIMIT)
}
