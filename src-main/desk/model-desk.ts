import type { ModelServerInput, ModelServerSettings, ModelServerTrial } from '../../src-shared/contract/model-server.ts'
import { RefusalError } from '../../src-shared/errors.ts'
import type { Language } from '../../src-shared/taxonomy.ts'
import type { Ai } from '../ai/ai.ts'
import { createModelServer, type ModelServer, type WordingTask } from '../ai/model-server/model-server.ts'
import type { Db } from '../store/open.ts'
import { readSettings } from '../store/own/keep.ts'
import { readModelServer, type StoredModelServer, saveModelServer } from '../store/own/model-server.ts'

/** The model server of this desk: how it is set up, and the server itself while it is on. */
export interface ModelDesk {
  settings(): ModelServerSettings
  /** @throws {RefusalError} `invalid` with the field; nothing is changed then. */
  save(input: ModelServerInput): ModelServerSettings
  /** @throws {RefusalError} `invalid` with the field. */
  test(input: ModelServerInput, signal?: AbortSignal): Promise<ModelServerTrial>
  /** Absent while it is off. Another one after every change. */
  server(): ModelServer | undefined
}

export interface ModelDeskOptions {
  own: () => Db
  ai: Ai
  /** Milliseconds of a steady clock. */
  clock: () => number
  audit: (act: string, detail: Record<string, string>) => void
  changed: () => void
}

const FRESH: StoredModelServer = { on: false, url: '', model: '', key: '', deadlineMs: 4_000 }

export function createModelDesk({ own, ai, clock, audit, changed }: ModelDeskOptions): ModelDesk {
  let made: { from: string; server: ModelServer } | undefined
  const stored = (): StoredModelServer => readModelServer(own()) ?? FRESH
  const completed = ({ key, ...input }: ModelServerInput): StoredModelServer => {
    const before = stored()
    // A key belongs to the server it was entered for: another address must not be sent it unasked.
    return { ...input, key: key ?? (sameOrigin(before.url, input.url) ? before.key : '') }
  }
  return {
    settings: () => withoutKey(stored()),
    save(input) {
      const next = completed(input)
      if (next.on || next.url !== '') expectUsable(next)
      saveModelServer(own(), next)
      audit('model-server-saved', {
        on: String(next.on),
        server: URL.parse(next.url)?.host ?? '',
        model: next.model,
        key: input.key === undefined ? 'kept' : input.key === '' ? 'forgotten' : 'changed'
      })
      changed()
      return withoutKey(next)
    },
    async test(input, signal) {
      const config = completed(input)
      expectUsable(config)
      const language: Language = readSettings(own()).locale === 'en' ? 'en' : 'zh'
      const worded = await createModelServer({ config, ai, clock }).word(SAMPLE[language], signal)
      if (worded.ok) return { ok: true, tookMs: worded.tookMs, text: worded.text }
      const { failure, tookMs, rule, status } = worded
      return { ok: false, tookMs, failure, ...(rule === undefined ? {} : { rule }), ...(status === undefined ? {} : { status }) }
    },
    server() {
      const config = stored()
      if (!config.on) return undefined
      const from = JSON.stringify(config)
      if (made?.from !== from) made = { from, server: createModelServer({ config, ai, clock }) }
      return made.server
    }
  }
}

const withoutKey = ({ key, ...rest }: StoredModelServer): ModelServerSettings => ({ ...rest, hasKey: key !== '' })

const sameOrigin = (one: string, other: string): boolean => {
  const origin = URL.parse(one)?.origin
  return origin !== undefined && origin === URL.parse(other)?.origin
}

function expectUsable({ url, model }: StoredModelServer): void {
  const address = URL.parse(url)
  if (!address || (address.protocol !== 'https:' && address.protocol !== 'http:'))
    throw new RefusalError('invalid', 'must be an https: address', 'url')
  if (address.username !== '' || address.password !== '' || address.search !== '' || address.hash !== '')
    throw new RefusalError('invalid', 'must be an address without user, query or fragment', 'url')
  // What is sent is masked, but it is still what customers said; and the key would go in clear.
  if (address.protocol === 'http:' && !isThisMachine(address.hostname))
    throw new RefusalError('invalid', 'http: only to this machine; any other needs https:', 'url')
  if (model === '') throw new RefusalError('invalid', 'a model must be named', 'model')
}

const isThisMachine = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)

/** What is asked to try a server: made up, so that trying it out tells it nothing about anybody. */
const SAMPLE: Readonly<Record<Language, WordingTask>> = {
  en: {
    use: 'suggestion',
    language: 'en',
    turns: [{ entryId: 'sample', speaker: 'customer', text: 'How long does a new card take, and what does it cost?', at: 0 }],
    local: 'A replacement card arrives within 5 working days. The fee is 6 pounds.',
    articles: [
      {
        articleId: 'sample',
        title: 'Replacement cards',
        passage: 'A replacement card arrives within 5 working days. The fee is 6 pounds.'
      }
    ]
  },
  zh: {
    use: 'suggestion',
    language: 'zh',
    turns: [{ entryId: 'sample', speaker: 'customer', text: '补一张卡要多久，收多少钱？', at: 0 }],
    local: '补办的卡片会在5个工作日内送达，工本费为6元。',
    articles: [{ articleId: 'sample', title: '补卡', passage: '补办的卡片会在5个工作日内送达，工本费为6元。' }]
  }
}
