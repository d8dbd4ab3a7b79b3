import { RefusalError } from '../../../src-shared/errors.ts'
import type { KnowledgeGap } from '../../../src-shared/front-desk.ts'
import { INTENTS } from '../../../src-shared/taxonomy.ts'
import { findGap, openGaps } from '../../store/queries/gaps.ts'
import { conversationsOf, findArticle, findCustomer, listArticles } from '../../store/queries/records.ts'
import { find } from '../../store/queries/search.ts'
import { wallboardView } from '../../store/queries/wallboard.ts'
import type { Desk } from '../desk.ts'
import { deskOf, notFound, os } from './base.ts'
import { calls } from './calls.ts'
import type { Context, PracticeControl } from './context.ts'
import { frontDesk } from './front-desk.ts'
import { review } from './review.ts'
import { conversation, inbox } from './serve.ts'

const session = {
  people: os.session.people.handler(({ context }) => context.lobby.people()),
  signIn: os.session.signIn.handler(({ input, context }) => context.lobby.signIn(input.personId)),
  me: os.session.me.handler(({ context }) => ({ deskId: deskOf(context).deskId, person: { ...deskOf(context).person, signedIn: true } })),
  signOut: os.session.signOut.handler(({ context }) => {
    context.lobby.signOut(deskOf(context).deskId)
    return {}
  }),
  about: os.session.about.handler(({ context }) => context.lobby.about())
}

const copilot = {
  card: os.copilot.card.handler(({ input, context }) => {
    const card = deskOf(context).copilot.card(input.conversationId)
    if (!card) throw notFound(`no conversation ${input.conversationId}`, 'conversationId')
    return card
  }),
  rate: os.copilot.rate.handler(({ input, context }) => {
    const desk = deskOf(context)
    if (!findArticle(desk.reading().desk, input.articleId)) throw notFound(`no article ${input.articleId}`, 'articleId')
    return { commandId: desk.commands.enter('suggestion.rate', input) }
  }),
  intents: os.copilot.intents.handler(() => [...INTENTS])
}

const modelServer = {
  settings: os.modelServer.settings.handler(({ context }) => deskOf(context).modelDesk.settings()),
  save: os.modelServer.save.handler(({ input, context }) => deskOf(context).modelDesk.save(input)),
  test: os.modelServer.test.handler(({ input, context, signal }) => deskOf(context).modelDesk.test(input, signal))
}

const customers = {
  get: os.customers.get.handler(({ input, context }) => {
    const reading = deskOf(context).reading()
    const customer = findCustomer(reading.desk, input.customerId)
    if (!customer) throw notFound(`no customer ${input.customerId}`, 'customerId')
    return { customer, conversations: conversationsOf(reading, input.customerId) }
  })
}

const knowledge = {
  list: os.knowledge.list.handler(({ input, context }) => listArticles(deskOf(context).reading().desk, input.text)),
  get: os.knowledge.get.handler(({ input, context }) => {
    const article = findArticle(deskOf(context).reading().desk, input.articleId)
    if (!article) throw notFound(`no article ${input.articleId}`, 'articleId')
    return article
  }),
  gaps: os.knowledge.gaps.handler(({ context }) => openGaps(deskOf(context).reading().desk)),
  gap: os.knowledge.gap.handler(({ input, context }) => expectGap(deskOf(context), input.gapId)),
  approve: os.knowledge.approve.handler(({ input, context }) => {
    expectGap(deskOf(context), input.gapId)
    return { commandId: deskOf(context).commands.enter('article.approve', input) }
  }),
  dismissGap: os.knowledge.dismissGap.handler(({ input, context }) => {
    expectGap(deskOf(context), input.gapId)
    return { commandId: deskOf(context).commands.enter('gap.dismiss', input) }
  }),
  reopenGap: os.knowledge.reopenGap.handler(({ input, context }) => {
    expectGap(deskOf(context), input.gapId)
    return { commandId: deskOf(context).commands.enter('gap.reopen', input) }
  })
}

function expectGap(desk: Desk, gapId: string): KnowledgeGap {
  const gap = findGap(desk.reading().desk, gapId)
  if (!gap) throw notFound(`no gap ${gapId}`, 'gapId')
  return gap
}

const search = {
  find: os.search.find.handler(({ input, context }) => find(deskOf(context).reading().desk, input.text, input.limit))
}

const wallboard = {
  view: os.wallboard.view.handler(({ input, context }) => {
    const desk = deskOf(context)
    return wallboardView(desk.reading().desk, { since: input.since, live: desk.lineView().state === 'up', now: desk.now() })
  })
}

const desk = {
  line: os.desk.line.handler(({ context }) => deskOf(context).lineView()),
  outbox: os.desk.outbox.handler(({ context }) => deskOf(context).commands.rows()),
  retry: os.desk.retry.handler(({ input, context }) => ({ commandId: deskOf(context).commands.retry(input.commandId, input.text) })),
  discard: os.desk.discard.handler(({ input, context }) => {
    deskOf(context).commands.discard(input.commandId)
    return {}
  }),
  undoDiscard: os.desk.undoDiscard.handler(({ input, context }) => {
    deskOf(context).commands.undoDiscard(input.commandId)
    return {}
  }),
  dismissStoreNotice: os.desk.dismissStoreNotice.handler(({ context }) => {
    deskOf(context).dismissStoreNotice()
    return {}
  }),
  settings: os.desk.settings.handler(({ context }) => deskOf(context).settings()),
  saveSettings: os.desk.saveSettings.handler(({ input, context }) => deskOf(context).saveSettings(definedOnly(input)))
}

/** An absent field and one that is `undefined` mean the same on the wire; here only the first may be. */
function definedOnly<T extends object>(input: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Object.fromEntries forgets the keys' types; they are those of `input`.
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

const live = {
  changes: os.live.changes.handler(({ context, signal }) => deskOf(context).topics.changes(signal))
}

function practiceOf(context: Context): PracticeControl {
  const control = deskOf(context).practice
  if (!control) throw new RefusalError('practice_only')
  return control
}

const practice = {
  view: os.practice.view.handler(({ context }) => practiceOf(context).view()),
  setPace: os.practice.setPace.handler(({ input, context }) => {
    practiceOf(context).setPace(input.pace)
    deskOf(context).topics.bump(['practice'])
    return {}
  }),
  setFrontDesk: os.practice.setFrontDesk.handler(({ input, context }) => {
    practiceOf(context).setFrontDesk(input.frontDesk)
    deskOf(context).topics.bump(['practice'])
    return {}
  }),
  setLanguage: os.practice.setLanguage.handler(({ input, context }) => {
    practiceOf(context).setLanguage(input.language)
    deskOf(context).topics.bump(['practice'])
    return {}
  }),
  start: os.practice.start.handler(({ input, context }) => ({
    conversationId: practiceOf(context).start(input.scenarioId, input.channel, input.frontDesk ?? false)
  })),
  prompt: os.practice.prompt.handler(({ input, context }) => practiceOf(context).prompt(input.conversationId)),
  setLine: os.practice.setLine.handler(({ input, context }) => {
    practiceOf(context).setLine(input.up)
    deskOf(context).topics.bump(['practice'])
    return {}
  })
}

/** The whole API of a desk. One router, two transports; see base.ts for what guards it. */
export const router = os.router({
  session,
  inbox,
  conversation,
  calls,
  copilot,
  modelServer,
  customers,
  knowledge,
  search,
  wallboard,
  review,
  frontDesk,
  desk,
  live,
  practice
})
