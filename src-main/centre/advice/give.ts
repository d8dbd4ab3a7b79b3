import type { Advice } from '../../../src-shared/front-desk.ts'
import { isStrained } from '../../../src-shared/taxonomy.ts'
import type { Activity } from '../bank/port.ts'
import type { Draft } from '../decision.ts'
import type { Conversation } from '../state.ts'
import { advise, inSituation, type Situation } from './advise.ts'

/** Advice in a conversation that somebody serves. It is told again only when it changes. */

/** The bank told what falls due. */
export function adviceDue(out: Draft, conversation: Conversation, { dues = [] }: Activity) {
  const { catalogue, state, now } = out.world
  const customer = state.cards.get(conversation.customerId)?.data
  if (!catalogue || !customer || conversation.state !== 'active') return
  const intent = intentOf(out, conversation)
  give(out, conversation, inSituation(advise({ catalogue, customer, intent, dues, now }), situationOf(out, conversation)))
}

/** The customer said something, or an alert came: offers may have to be held back. `saidNow`: a line that is in no turn yet. */
export function adviceAgain(out: Draft, conversation: Conversation, saidNow: string) {
  if (conversation.advice === undefined || conversation.state !== 'active') return
  give(out, conversation, inSituation(conversation.advice, situationOf(out, conversation, saidNow)))
}

function give(out: Draft, conversation: Conversation, advice: Advice[]) {
  if (JSON.stringify(advice) !== JSON.stringify(conversation.advice ?? [])) out.add('advice.given', { advice }, conversation.conversationId)
}

const saidBy = ({ turns }: Conversation) => turns.filter(({ speaker }) => speaker === 'customer')
const intentOf = (out: Draft, conversation: Conversation) =>
  saidBy(conversation).length > 0 ? out.world.ai.intentOf(conversation.turns).intent : conversation.intent

function situationOf(out: Draft, conversation: Conversation, saidNow?: string): Situation {
  const { ai } = out.world
  const raised = out.facts.some((one) => one.type === 'alert.raised' && one.conversationId === conversation.conversationId)
  const last = saidNow ?? saidBy(conversation).at(-1)?.text
  return {
    complaint:
      conversation.intent === 'complaint' ||
      intentOf(out, conversation) === 'complaint' ||
      (saidNow !== undefined && ai.intent(saidNow).intent === 'complaint'),
    // A suspicion of fraud that was confirmed forbids offers no less than one that is open.
    alert: raised || conversation.alert !== undefined || conversation.alerts.size > 0,
    strained: last !== undefined && isStrained(ai.mood(last).mood)
  }
}
