import type { IntentScore } from '../../../src-shared/events.ts'
import type { HandoffReason } from '../../../src-shared/front-desk.ts'
import { type Channel, HUMAN_ONLY } from '../../../src-shared/taxonomy.ts'
import type { Passage } from '../../ai/ai.ts'
import { isTraditional } from '../../ai/language.ts'
import type { BankAnswer } from '../bank/port.ts'
import type { Draft } from '../decision.ts'
import { addEntry } from '../entries.ts'
import { handOn } from '../handoff/hand-on.ts'
import { noteGap } from '../knowledge/gaps.ts'
import type { Contact, Effect } from '../port.ts'
import type { Conversation } from '../state.ts'
import { decideFrontDesk, emptyFrontDesk, type FrontDeskInput, type FrontDeskMove, SURE } from './decide.ts'
import type { FlowBook } from './flows.ts'
import type { Tongue } from './say.ts'

/** The front desk at work in the centre: it hears, decides, and what it decided becomes facts. */

export interface FrontDeskSettings {
  book: FlowBook
  channels: readonly Channel[]
}

/** An article that fits worse is no answer: a person gives one. */
const ARTICLE_SURE = 0.55

/** How it verifies: a code that the bank sends. */
const ONE_TIME_CODE = 'one_time_code'

/** Whether it answers this contact first. Who is reserved for somebody by a promise, and background traffic, goes to people. */
export const answersFirst = (settings: FrontDeskSettings | undefined, contact: Contact): settings is FrontDeskSettings =>
  settings !== undefined &&
  contact.frontDesk === true &&
  contact.background !== true &&
  contact.alert === undefined &&
  settings.channels.includes(contact.channel)

/** The customer is greeted. The conversation was opened just before. */
export function welcome(out: Draft, settings: FrontDeskSettings, contact: Contact, conversationId: string) {
  const { now, newId } = out.world
  const tongue: Tongue = contact.language === 'en' ? 'en' : isTraditional(contact.reason) ? 'zh-TW' : 'zh-CN'
  const text = settings.book.words.hello[tongue]
  const kind = contact.channel === 'voice' ? 'utterance' : 'message'
  out.add('front-desk.started', { flowsVersion: settings.book.version }, conversationId)
  out.add('entry.added', { entryId: newId(), kind, speaker: 'ai', text, at: now }, conversationId)
  out.tell({ type: 'frontDeskSaid', conversationId, text, awaits: 'wish' })
}

/** The customer spoke to the front desk; the entry is in the timeline already. */
export function hearCustomer(out: Draft, conversation: Conversation, entryId: string, raw: string, masked: string) {
  const { ai, log } = out.world
  let read: Pick<Extract<FrontDeskInput, { type: 'said' }>, 'intent' | 'mood' | 'findings'>
  try {
    read = { intent: ai.intent(masked), mood: ai.mood(masked), findings: ai.findings(masked, 'customer') }
  } catch (error) {
    log?.write('centre.reading-failed', { what: 'front desk', error: String(error) })
    return passOn(out, conversation, 'not_understood')
  }
  move(out, conversation, { type: 'said', text: raw, masked, entryId, ...read })
}

/** The bank's answer to what the front desk asked. An answer nobody waits for does nothing. */
export function bankAnswered(out: Draft, conversation: Conversation, answer: BankAnswer) {
  if (conversation.state === 'front-desk') move(out, conversation, { type: 'bank', answer })
  else tellLate(out, conversation, answer)
}

/** The customer is with a person already: what the bank did meanwhile is told there. */
function tellLate(out: Draft, conversation: Conversation, answer: BankAnswer) {
  const { frontDesk, handoff, conversationId } = conversation
  if (frontDesk?.asked?.requestId !== answer.requestId || !handoff || answer.act === 'code_check' || answer.act === 'code_send') return
  const { asked: _asked, ...rest } = frontDesk
  const outcome = answer.ok ? 'done' : 'refused'
  const tried = [...rest.tried.filter(({ detail }) => detail !== OPEN), { what: answer.act, outcome, at: out.world.now } as const]
  const state = { ...rest, tried }
  out.add('front-desk.moved', { state }, conversationId)
  handOn(out, { ...conversation, frontDesk: state }, { because: handoff.because, queue: handoff.queue })
}

/** Of an act that the bank has not answered. */
const OPEN = 'no answer yet'

function move(out: Draft, conversation: Conversation, input: FrontDeskInput) {
  const { frontDesk: settings, now, newId } = out.world
  const { conversationId, frontDesk } = conversation
  if (!settings) return passOn(out, conversation, 'not_for_front_desk')
  const made = decideFrontDesk(frontDesk ?? emptyFrontDesk(), input, {
    book: settings.book,
    now,
    tongue: tongueOf(conversation, input.type === 'said' ? input.masked : ''),
    verified: conversation.verification === 'verified',
    alerted: [...conversation.alerts.values()].some(({ resolved }) => !resolved),
    newId,
    article: (text, intent) => articleFor(out, conversation, text, intent)
  })
  for (const text of made.say) speak(out, conversation, text)
  const promised = made.promised === undefined ? undefined : { text: made.promised, by: 'front_desk' as const, at: now }
  out.add('front-desk.moved', { state: made.state, ...(promised && { promised }) }, conversationId)
  if (made.verification) out.add('verification.changed', { state: made.verification, how: ONE_TIME_CODE }, conversationId)
  if (made.say.length > 0)
    out.tell({ type: 'frontDeskSaid', conversationId, text: made.say.join('\n'), awaits: awaits(made, settings.book) })
  if (made.ask) {
    const request = { ...made.ask, customerId: conversation.customerId }
    out.tell({ type: 'bank', conversationId, request })
  }
  if (!made.end) return
  const { outcome, because, unanswered } = made.end
  out.add('front-desk.ended', { outcome, ...(because && { because }), ...(unanswered && { unanswered }) }, conversationId)
  if (unanswered) noteGap(out, conversation, made.state, unanswered)
  if (outcome === 'contained') close(out, conversation)
  else
    handTo(
      out,
      {
        ...conversation,
        ...(made.verification && { verification: made.verification, verified: { how: ONE_TIME_CODE, at: now } }),
        frontDesk: made.state,
        promised: promised ? [...conversation.promised, promised] : conversation.promised
      },
      because ?? 'requested'
    )
}

/** The customer goes to people without another word of the front desk. */
export function passOn(out: Draft, conversation: Conversation, because: HandoffReason) {
  out.add('front-desk.ended', { outcome: 'handed_over', because }, conversation.conversationId)
  handTo(out, conversation, because)
}

function handTo(out: Draft, conversation: Conversation, because: HandoffReason) {
  const { conversationId, queue, frontDesk } = conversation
  const asked = frontDesk?.asked
  const open = asked !== undefined && asked.act !== 'code_send' && asked.act !== 'code_check'
  // Whoever takes over must know that the bank may be doing it this moment.
  const state =
    frontDesk && open
      ? { ...frontDesk, tried: [...frontDesk.tried, { what: asked.act, outcome: 'failed', detail: OPEN, at: out.world.now } as const] }
      : frontDesk
  handOn(out, { ...conversation, ...(state && { frontDesk: state }) }, { because, queue })
  out.add('conversation.queued', { queue, reason: 'arrived' }, conversationId)
}

/** The customer hung up, closed the window, or says nothing any more. */
export function leaveFrontDesk(out: Draft, conversation: Conversation) {
  const { conversationId, frontDesk } = conversation
  const helped =
    frontDesk !== undefined &&
    frontDesk.flow === undefined &&
    frontDesk.tried.some(({ what, outcome }) => outcome === 'done' && what !== 'verification')
  out.add('front-desk.ended', { outcome: helped ? 'contained' : 'left' }, conversationId)
  close(out, conversation, 'customer')
}

function close(out: Draft, { conversationId }: Conversation, by: 'customer' | 'centre' = 'centre') {
  out.add('conversation.ended', { by }, conversationId)
  out.add('conversation.closed', {}, conversationId)
  out.tell({ type: 'conversationEnded', conversationId, by })
}

/** A bank that has not answered after this long does not. */
const BANK_PATIENCE_MS = 15_000

/** When a customer who says nothing is taken for gone, or a bank that says nothing for unreachable. */
export const silentAt = ({ state, frontDeskAt, frontDesk }: Conversation, silenceMs: number): number | undefined => {
  if (state !== 'front-desk' || frontDeskAt === undefined) return undefined
  return frontDesk?.asked ? frontDesk.asked.at + BANK_PATIENCE_MS : frontDeskAt + silenceMs
}

/** Nothing came for too long. */
export function breakSilence(out: Draft, conversation: Conversation) {
  if (conversation.frontDesk?.asked) passOn(out, conversation, 'bank_unavailable')
  else leaveFrontDesk(out, conversation)
}

/**
 * After a restart: what the bank was asked, or its answer, may have been lost on the way, so a person goes on there, who is told that it
 * was asked. The bank does nothing twice under one request id.
 */
export function resumeFrontDesk(out: Draft, conversation: Conversation) {
  const asked = conversation.frontDesk?.asked
  if (conversation.state === 'front-desk' && (asked || !out.world.frontDesk)) passOn(out, conversation, 'bank_unavailable')
}

function articleFor(out: Draft, conversation: Conversation, text: string, intent: IntentScore): Passage | undefined {
  const sure = intent.confidence >= SURE ? intent.intent : undefined
  const [best] = out.world.ai.retrieve(text, sure, conversation.language, 1)
  if (best === undefined || best.score < ARTICLE_SURE) return undefined
  // What a person must decide is material for people, whatever the question looked like.
  return out.world.state.articles.get(best.articleId)?.intents.some((one) => HUMAN_ONLY.includes(one)) ? undefined : best
}

function speak(out: Draft, conversation: Conversation, text: string) {
  const kind = conversation.channel === 'voice' ? 'utterance' : 'message'
  addEntry(out, conversation, { entryId: out.world.newId(), kind, speaker: 'ai', at: out.world.now }, text)
}

/** Who writes with traditional characters reads them. */
function tongueOf({ language, turns }: Conversation, said: string): Tongue {
  if (language === 'en') return 'en'
  return [...turns.map(({ text }) => text), said].some(isTraditional) ? 'zh-TW' : 'zh-CN'
}

function awaits({ state, end }: FrontDeskMove, book: FlowBook): Extract<Effect, { type: 'frontDeskSaid' }>['awaits'] {
  if (end || state.asked) return 'nothing'
  if (state.step === 'verify') return 'code'
  if (state.step === 'helped') return 'yes'
  if (state.step === 'more') return 'more'
  const step = book.flows.find(({ id }) => id === state.flow)?.steps.find(({ id }) => id === state.step)
  if (!step) return 'wish'
  if ('confirm' in step) return 'yes'
  return 'need' in step ? 'answer' : 'choice'
}
