import type { Command, CommandData } from '../../../src-shared/commands.ts'
import { RefusalError } from '../../../src-shared/errors.ts'
import type { KnowledgeGap } from '../../../src-shared/front-desk.ts'
import { HUMAN_ONLY } from '../../../src-shared/taxonomy.ts'
import type { Draft } from '../decision.ts'

/** What supervisors decide about the knowledge base. */
export type KnowledgeCommand = Extract<Command, { type: 'article.approve' | 'gap.dismiss' | 'gap.reopen' }>

export const isAboutKnowledge = (command: Command): command is KnowledgeCommand =>
  command.type === 'article.approve' || command.type === 'gap.dismiss' || command.type === 'gap.reopen'

/** @throws RefusalError `not_found`, `already_done`, `invalid` */
export function decideKnowledge(out: Draft, command: KnowledgeCommand) {
  if (command.type === 'article.approve') return approve(out, command.data)
  const gap = gapIn(out, command.data.gapId, command.type === 'gap.dismiss' ? 'open' : 'dismissed')
  out.add('gap.changed', { ...gap, state: command.type === 'gap.dismiss' ? 'dismissed' : 'open', at: out.world.now })
}

/** How many of the customers' own questions an article keeps. */
const ASKED = 30

/**
 * A supervisor's answer to a gap becomes an article. Every desk and the front desk have it with this commit.
 *
 * @throws RefusalError `not_found`; `already_done` when the gap is settled; `invalid` for a topic that a person decides, and for words
 *   that nobody may say in the bank's name
 */
function approve(out: Draft, { gapId, title, say, body, intents, language }: CommandData<'article.approve'>) {
  const { ai, state, now } = out.world
  const gap = gapIn(out, gapId, 'open')
  const topics = [...intents, gap.intent, ...gap.questions.map(({ text }) => ai.intent(text).intent)]
  if (topics.some((intent) => HUMAN_ONLY.includes(intent))) throw new RefusalError('invalid', 'a person decides on this topic', 'intents')
  const bad = ai.findings(say, 'agent').find(({ severity }) => severity === 'bad')
  if (bad) throw new RefusalError('invalid', `${bad.rule}: ${ai.mask(bad.span.text)}`, 'say')
  const articleId = gap.articleId ?? `kb-${gapId}`
  const asked = [...new Set(gap.questions.map(({ text }) => text))].slice(-ASKED)
  const before = state.articles.get(articleId)
  out.add('article.published', {
    articleId,
    revision: (before?.revision ?? 0) + 1,
    language,
    title: ai.mask(title),
    intents: intents.filter((intent) => intent !== 'unknown'),
    say: ai.mask(say),
    body: ai.mask(body),
    asked,
    ...(before?.ratings && { ratings: before.ratings }),
    updatedAt: now
  })
  out.add('gap.changed', { ...gap, state: 'published', articleId, at: now })
}

function gapIn(out: Draft, gapId: string, expected: KnowledgeGap['state']): KnowledgeGap {
  const gap = out.world.state.gaps.get(gapId)
  if (!gap) throw new RefusalError('not_found', `no gap ${gapId}`, 'gapId')
  if (gap.state !== expected) throw new RefusalError('already_done', `the gap is ${gap.state}`, 'gapId')
  return gap
}
