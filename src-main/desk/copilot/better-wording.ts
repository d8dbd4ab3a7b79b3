import type { CopilotCard } from '../../../src-shared/contract/copilot.ts'
import type { Language } from '../../../src-shared/taxonomy.ts'
import type { ModelServer, WordingTask } from '../../ai/model-server/model-server.ts'
import type { Heard } from './turns.ts'

/**
 * Better words for what a card already says, from the model server. A card never waits for them: they are asked for when a card is
 * made, and there when it is asked for again.
 */
export interface BetterWording {
  /** What has come for this card so far. Asks for the rest where that is allowed. */
  of(card: CopilotCard, heard: Heard, language: Language): CopilotCard['wording']
  forget(): void
  /** Nothing is wanted any more. */
  close(): void
}

/** How it ended; without a word of the conversation. */
export interface WordingNote {
  conversationId: string
  use: WordingTask['use']
  outcome: string
  tookMs: number
}

export interface BetterWordingOptions {
  server: () => ModelServer | undefined
  arrived: (conversationId: string) => void
  note: (note: WordingNote) => void
}

interface Asked {
  print: string
  text: string | undefined
  wanted: AbortController
}
type Known = Partial<Record<WordingTask['use'], Asked>>

/** Conversations whose wordings are kept; the one not asked for longest goes first. */
const KEPT = 64

export function createBetterWording({ server, arrived, note }: BetterWordingOptions): BetterWording {
  const known = new Map<string, Known>()
  const drop = (one: Known): void => {
    for (const asked of Object.values(one)) asked.wanted.abort()
  }
  const forget = (): void => {
    for (const one of known.values()) drop(one)
    known.clear()
  }

  function ask(conversationId: string, task: WordingTask, print: string, asking: ModelServer): Asked {
    const asked: Asked = { print, text: undefined, wanted: new AbortController() }
    void asking.word(task, asked.wanted.signal).then((worded) => {
      const outcome = worded.ok ? 'used' : [worded.failure, worded.rule].filter((word) => word !== undefined).join(' ')
      note({ conversationId, use: task.use, outcome, tookMs: Math.round(worded.tookMs) })
      if (!worded.ok || asked.wanted.signal.aborted) return
      asked.text = worded.text
      arrived(conversationId)
    })
    return asked
  }

  function textFor(conversationId: string, of: Known, task: WordingTask | undefined, use: WordingTask['use'], asking: ModelServer) {
    const before = of[use]
    if (!task) {
      before?.wanted.abort()
      delete of[use]
      return undefined
    }
    const print = printOf(task)
    if (before?.print === print) return before.text
    before?.wanted.abort()
    of[use] = ask(conversationId, task, print, asking)
    return undefined
  }

  return {
    of(card, heard, language) {
      const asking = server()
      const { conversationId } = card
      if (!asking) return undefined
      const of = known.get(conversationId) ?? {}
      known.delete(conversationId)
      known.set(conversationId, of)
      if (known.size > KEPT)
        for (const [oldest, gone] of [...known].slice(0, 1)) {
          drop(gone)
          known.delete(oldest)
        }
      const say = textFor(conversationId, of, suggestionTask(card, heard, language), 'suggestion', asking)
      const summary = textFor(conversationId, of, summaryTask(card, heard, language), 'summary', asking)
      if (say === undefined && summary === undefined) return undefined
      return { by: 'model', ...(say === undefined ? {} : { say }), ...(summary === undefined ? {} : { summary }) }
    },
    forget,
    close: forget
  }
}

/** Only for who talks to the customer now, and never on what a person must decide. */
function suggestionTask({ suggestion, humanOnly }: CopilotCard, heard: Heard, language: Language): WordingTask | undefined {
  if (!suggestion || humanOnly || heard.mine !== 'active') return undefined
  const { articleId, title, passage, say } = suggestion
  return { use: 'suggestion', language, turns: heard.turns, local: say, articles: [{ articleId, title, passage }] }
}

/** The running summary changes with every line; worth other words is the note it becomes. */
function summaryTask({ summary }: CopilotCard, heard: Heard, language: Language): WordingTask | undefined {
  if (heard.mine !== 'wrap-up' || heard.turns.length === 0) return undefined
  return { use: 'summary', language, turns: heard.turns, local: summary }
}

/** A suggestion keeps its words while it stays the same one, so that they do not change under the reader's eyes with every line. */
const printOf = (task: WordingTask): string =>
  task.use === 'suggestion'
    ? JSON.stringify([task.language, task.local, task.articles.map((one) => one.articleId)])
    : JSON.stringify([task.language, task.local, task.turns.map((turn) => turn.entryId)])
