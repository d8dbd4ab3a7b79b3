import { join } from 'node:path'
import type { Turn } from '../src-main/ai/ai.ts'
import { createAi } from '../src-main/ai/index.ts'
import { createModelShelf } from '../src-main/ai/models/shelf.ts'
import type { Article } from '../src-shared/events.ts'
import { INTENTS, type Language } from '../src-shared/taxonomy.ts'
import type { BenchRow } from './row.ts'

const UTTERANCES = 2_000
const CONVERSATION_TURNS = 30
const GOAL_MS = 20

const CUSTOMER: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'I lost my card near the station and I am worried that someone is using it, it ends in #',
    'Can you tell me why I was charged $# on my account yesterday? I do not recognise it.',
    'My transfer of # dollars has still not arrived and this is the third time I call about it!',
    'What is the interest rate on a fixed deposit if I put # euros in for two years?',
    'Yes, that is right, my date of birth is 4 May 1979 and my number is 0161 496 #.',
    'Somebody from the police told me to move everything to a safe account, reference #.',
    'Thank you so much, that is very helpful. And what about my statement for order #?',
    'I had an accident on the motorway and I want to file a claim under policy number PL-99#.'
  ],
  zh: [
    '我的银行卡昨天在地铁站丢了，尾号是#，很担心被盗刷。',
    '我上周转了#块钱给朋友，到现在还没到账，怎么回事？',
    '这个理财产品的预期收益是多少？我想投#万，保本吗？',
    '我已经打了好几次电话了，每次都说让我等，工单#，太过分了！',
    '好的，我姓陈，身份证后四位是#。',
    '我想把房贷提前还掉#元，要收违约金吗？',
    '有位警官让我把钱转到安全账户#，还不让我告诉家人。',
    '谢谢你，服务很好。另外想问一下#号网点几点开门。'
  ]
}
const AGENT: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Good morning, my name is Tom, this call is recorded. Could you confirm your date of birth for case #?',
    'Thank you for confirming. I have blocked the card ending in # and ordered a replacement card.',
    'I will call you back tomorrow before noon about case #. Is there anything else I can help with?',
    'The value can fall as well as rise and the return is not guaranteed, see page #.'
  ],
  zh: [
    '您好，工号#为您服务，本次通话将被录音，请问怎么称呼？',
    '核对无误。我已为您办理挂失，受理编号#。',
    '理财有风险，产品不保本，请阅读第#页的风险揭示。',
    '我明天上午给您回电，编号#，请问还有什么可以帮您？'
  ]
}

/** Without its models the figure would be of something else. */
const refuse = (line: string): never => {
  throw new Error(line)
}

/**
 * The complete co-pilot work on one new utterance: mask, intent, mood, entities, findings, checks, retrieval and summary over a
 * conversation of 30 turns. Every utterance is a text not seen before; the baseline copies the same conversation through JSON.
 */
export async function run(): Promise<BenchRow[]> {
  const ai = createAi(createModelShelf(join(import.meta.dirname, '../resources/models'), refuse))
  ai.setArticles(articles())
  const took: number[] = []
  const copied: number[] = []
  let kept = 0
  for (let i = 0; i < UTTERANCES; i++) {
    // Every fourth conversation has never been seen at all, as when a call is transferred to this desk.
    const conversation = turnsUpTo(i, i % 4 === 0 ? `${i}` : 'same')
    const newest = conversation[conversation.length - 1]
    if (!newest) throw new Error('a conversation has turns')
    const language = languageOf(i)
    const begin = performance.now()
    const masked = ai.mask(newest.text)
    const intent = ai.intentOf(conversation)
    const mood = newest.speaker === 'customer' ? ai.mood(masked) : undefined
    const entities = ai.entities(masked)
    const findings = ai.findings(newest.text, newest.speaker)
    const checks = ai.checks(conversation, intent.intent)
    const passages = ai.retrieve(masked, intent.intent, language, 3)
    const summary = ai.summary(conversation, intent.intent, language)
    const end = performance.now()
    JSON.parse(JSON.stringify(conversation))
    copied.push(performance.now() - end)
    took.push(end - begin)
    kept += entities.length + findings.length + checks.length + passages.length + summary.length + (mood ? 1 : 0)
  }
  if (kept === 0) throw new Error('the co-pilot found nothing at all, so there was nothing to time')
  const value = p99(took)
  const baseline = p99(copied)
  return [
    { name: 'copilot-utterance', value, unit: 'ms', baseline, ratio: value / baseline, goal: `p99 <= ${GOAL_MS} ms`, ok: value <= GOAL_MS }
  ]
}

function languageOf(i: number): Language {
  return Math.floor(i / CONVERSATION_TURNS) % 2 === 0 ? 'en' : 'zh'
}

function turnsUpTo(last: number, seed: string): Turn[] {
  const turns: Turn[] = []
  const language = languageOf(last)
  for (let i = last - CONVERSATION_TURNS + 1; i <= last; i++) {
    const speaker = i % 2 === 0 ? 'customer' : 'agent'
    const lines = (speaker === 'customer' ? CUSTOMER : AGENT)[language]
    const line = lines[Math.abs(i * 7) % lines.length] ?? ''
    turns.push({
      entryId: `e${i}`,
      speaker,
      text: line.replace('#', String(1_000 + Math.abs(i))) + (seed === 'same' ? '' : ` (${seed})`),
      at: i * 8_000
    })
  }
  return turns
}

/** A knowledge base of the size of a small bank's: four articles an intent and language. */
function articles(): Article[] {
  return (['en', 'zh'] as const).flatMap((language) =>
    INTENTS.flatMap((intent, i) =>
      [0, 1, 2, 3].map((n) => {
        const words = CUSTOMER[language][(i + n) % CUSTOMER[language].length] ?? ''
        const steps = AGENT[language].map((line) => `${intent.replaceAll('_', ' ')} ${line}`)
        return {
          articleId: `${intent}-${language}-${n}`,
          revision: 1,
          language,
          title: `${intent.replaceAll('_', ' ')} ${words}`,
          intents: [intent],
          say: steps[n] ?? '',
          body: steps.join('\n\n'),
          updatedAt: 0
        }
      })
    )
  )
}

function p99(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN
}
