import type { Hit } from '../../src-shared/contract/records.ts'
import { matchWords } from './match.ts'

/** Something the palette can do without asking the desk. */
export interface Command {
  id: string
  label: string
  shortcut?: string
  run: () => void
}
export type Item = { id: string; group: Group; hit: Hit } | { id: string; group: 'commands'; command: Command }
export const GROUPS = ['commands', 'customers', 'conversations', 'messages', 'articles'] as const
export type Group = (typeof GROUPS)[number]

const GROUP_OF: Record<Hit['kind'], Exclude<Group, 'commands'>> = {
  customer: 'customers',
  conversation: 'conversations',
  entry: 'messages',
  article: 'articles'
}

const idOf = (hit: Hit): string => {
  switch (hit.kind) {
    case 'customer':
      return `customer:${hit.customerId}`
    case 'conversation':
      return `conversation:${hit.conversationId}`
    case 'entry':
      return `entry:${hit.entryId}`
    case 'article':
      return `article:${hit.articleId}`
  }
}

export interface PalettePorts {
  find(text: string): Promise<Hit[]>
  commands(): readonly Command[]
  /** Calls back later; the returned function takes it back. */
  after(ms: number, run: () => void): () => void
}

const DEBOUNCE_MS = 60
const RECENT = 6

/** Searches as you type. Recent finds are kept in memory only: they name customers, and the browser's own storage is not encrypted. */
export class Palette {
  text = $state('')
  active = $state(0)
  failed = $state(false)
  /** What the hits on screen were found for. */
  found = $state('')
  recent = $state.raw<readonly Item[]>([])
  #hits = $state.raw<readonly Hit[]>([])
  #asked = 0
  #shown = 0
  #cancel: () => void = () => {}
  readonly #ports: PalettePorts

  readonly items = $derived.by((): readonly Item[] => {
    const text = this.text.trim()
    const commands = this.#ports.commands().filter((command) => matchWords(command.label, text) !== undefined)
    const asItems = commands.map((command): Item => ({ id: command.id, group: 'commands', command }))
    if (text === '') return [...this.recent, ...asItems]
    const hits = this.#hits.map((hit): Item => ({ id: idOf(hit), group: GROUP_OF[hit.kind], hit }))
    return GROUPS.flatMap((group) => (group === 'commands' ? asItems.slice(0, 5) : hits.filter((item) => item.group === group)))
  })
  readonly activeItem = $derived(this.items[Math.min(this.active, this.items.length - 1)])
  /** Everything typed so far has been answered. */
  readonly settled = $derived(this.found === this.text.trim())

  constructor(ports: PalettePorts) {
    this.#ports = ports
  }

  type(text: string): void {
    this.text = text
    this.active = 0
    this.#cancel()
    const wanted = text.trim()
    if (wanted === '') {
      this.#shown = ++this.#asked // whatever is still on its way is not wanted any more
      this.#hits = []
      this.found = ''
      this.failed = false
      return
    }
    this.#cancel = this.#ports.after(DEBOUNCE_MS, () => void this.#ask(wanted))
  }

  async #ask(text: string): Promise<void> {
    const mine = ++this.#asked
    try {
      const hits = await this.#ports.find(text)
      if (mine < this.#shown) return // a newer question has been answered already
      this.#shown = mine
      this.#hits = hits
      this.found = text
      this.failed = false
    } catch {
      if (mine < this.#shown) return
      this.#shown = mine
      this.failed = true
      this.found = text
    }
  }

  /** Up and down wrap around; a page is eight. */
  move(by: number): void {
    const n = this.items.length
    if (n === 0) return
    const from = Math.min(this.active, n - 1)
    this.active = Math.abs(by) === 1 ? (from + by + n) % n : Math.max(0, Math.min(n - 1, from + by))
  }

  remember(item: Item): void {
    if (item.group === 'commands') return
    this.recent = [item, ...this.recent.filter((one) => one.id !== item.id)].slice(0, RECENT)
  }

  close(): void {
    this.#cancel()
    this.type('')
  }
}
