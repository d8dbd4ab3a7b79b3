import { getContext, setContext } from 'svelte'
import type { Channel } from '../../src-shared/taxonomy.ts'
import { Composer, type ComposerMode } from '../conversation/composer.svelte.ts'
import { WrapUp } from '../conversation/wrap-up.svelte.ts'
import { SayThis } from '../copilot/say-this.svelte.ts'
import type { DeskState } from '../desk.svelte.ts'

/** What an agent has in hand in one conversation; it stays while they look at another. */
export interface Hand {
  composer: Composer
  sayThis: SayThis
  wrapUp: WrapUp
  /** Co-pilot cards put away. */
  dismissed: ReadonlySet<string>
}

/** The open work of the inbox, by conversation. Built in InboxRoom, reached through Svelte's context. */
export class Work {
  #hands = new Map<string, Hand>()
  readonly #desk: DeskState

  constructor(desk: DeskState) {
    this.#desk = desk
  }

  hand(conversationId: string, channel: Channel): Hand {
    const held = this.#hands.get(conversationId)
    if (held) return held
    const { client } = this.#desk
    const attempt = <T>(act: () => Promise<T>) => this.#desk.attempt(act)
    const composer = new Composer(
      channel,
      {
        send: (mode, text) => attempt(() => sendAs(client, mode, { conversationId, text })),
        loadDraft: async () => (await attempt(() => client.conversation.draft({ conversationId })))?.text,
        saveDraft: (text) => attempt(() => client.conversation.saveDraft({ conversationId, text }))
      },
      (run, ms) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      }
    )
    const sayThis = new SayThis(
      {
        rate: (articleId, outcome, why) =>
          attempt(() => client.copilot.rate({ conversationId, articleId, outcome, ...(why ? { why } : {}) }))
      },
      composer
    )
    const wrapUp = new WrapUp((disposition, note) => attempt(() => client.conversation.finish({ conversationId, disposition, note })))
    const hand = $state<Hand>({ composer, sayThis, wrapUp, dismissed: new Set() })
    this.#hands.set(conversationId, hand)
    void composer.restore()
    return hand
  }

  /** A finished conversation's work is forgotten. */
  drop(conversationId: string): void {
    this.#hands.delete(conversationId)
  }

  /** Stores every unsaved draft; before the room is left. */
  flush(): void {
    for (const { composer } of this.#hands.values()) composer.flush()
  }
}

function sendAs(client: DeskState['client'], mode: ComposerMode, what: { conversationId: string; text: string }): Promise<unknown> {
  switch (mode) {
    case 'reply':
      return client.conversation.reply(what)
    case 'said':
      return client.conversation.said(what)
    case 'note':
      return client.conversation.note(what)
  }
}

const KEY = Symbol('work')
export const provideWork = (work: Work): Work => setContext(KEY, work)
export const useWork = (): Work => getContext<Work>(KEY)
