import { PEOPLE } from '../../src-main/practice/people.ts'
import type { LineView, OutboxRow, PracticeView, Settings } from '../../src-shared/contract/desk.ts'
import type { PresenceView } from '../../src-shared/contract/inbox.ts'
import type { Hit } from '../../src-shared/contract/records.ts'
import type { PersonView } from '../../src-shared/contract/session.ts'
import type { Change, Topic } from '../../src-shared/topics.ts'

/** An in-memory desk for the renderer's shell, with levers. It answers what the frame asks; rooms with fakes of their own add theirs. */
export function fakeDesk(role = 'agent', now = Date.now()) {
  const people: PersonView[] = PEOPLE.map(({ personId, name, role, initials, hue }) => ({
    personId,
    name,
    role,
    initials,
    hue,
    signedIn: false
  }))
  const me = people.find((one) => one.role === role) ?? people[0]
  if (!me) throw new Error('the practice has no people')
  let settings: Settings = {
    locale: 'en',
    theme: 'light',
    guide: 'done',
    microphoneId: 'default',
    speakerId: 'default',
    ringerId: 'default',
    ringVolume: 0.7,
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    microphoneGain: 1,
    deviceProfiles: [],
    doNotDisturb: false,
    writtenOnly: false,
    whisperHandoff: false,
    paneList: 320,
    paneCopilot: 360,
    viewingDistanceM: 4,
    keepClosedDays: 30
  }
  let presence: PresenceView = { presence: 'available', since: now - 125_000 }
  let line: LineView = { state: 'up', since: now - 600_000, waiting: 0, refused: 0 }
  let outbox: OutboxRow[] = []
  let practice: PracticeView = {
    pace: 'normal',
    language: 'follow',
    frontDesk: 'chat',
    lineUp: true,
    scenarios: [
      { scenarioId: 'balance-en', language: 'en', intent: 'balance', title: 'What is in my account?', channels: ['voice', 'chat'] },
      { scenarioId: 'lost-en', language: 'en', intent: 'card_lost', title: 'Card gone on a night bus', channels: ['voice'] },
      { scenarioId: 'dispute-zh', language: 'zh', intent: 'contract_dispute', title: '贷款合同的违约金有异议', channels: ['voice', 'chat'] }
    ]
  }
  const listeners = new Set<(changes: Change[]) => void>()
  const bump = (...topics: Topic[]) => {
    for (const listener of listeners) listener(topics.map((topic, i) => ({ topic, revision: Date.now() + i })))
  }
  const hits: Hit[] = [
    { kind: 'customer', customerId: 'c1', text: 'Mary Whitfield', detail: 'Private · +44 7700 9•• •12' },
    {
      kind: 'conversation',
      conversationId: 'k1',
      text: 'Mary Whitfield',
      detail: 'Large transfer to a new payee',
      channel: 'voice',
      at: now - 3_600_000
    },
    {
      kind: 'entry',
      conversationId: 'k1',
      entryId: 'e1',
      text: 'My name is Mary Whitfield and I want to move 48,000 pounds today',
      detail: 'Mary Whitfield',
      at: now - 3_500_000
    },
    { kind: 'article', articleId: 'a1', text: 'Marital status and joint accounts', detail: 'Personal details' }
  ]
  const stored = async () => ({ commandId: String(Math.random()) })
  const client = {
    session: {
      people: async () => people,
      me: async () => ({ deskId: me.personId, person: me }),
      signIn: async ({ personId }: { personId: string }) => ({
        deskId: personId,
        person: people.find((one) => one.personId === personId) ?? me,
        seat: `seat-${personId}`
      }),
      signOut: async () => ({}),
      about: async () => ({ host: 'web' as const, version: '0.1.0', practice: true })
    },
    inbox: {
      list: async () => [],
      queue: async () => ({ at: now, waiting: [] }),
      counts: async () => ({ mine: 0, queue: 0, closed: 0, unread: 0 }),
      offers: async () => [],
      presence: async () => presence,
      setPresence: async (wanted: { presence: PresenceView['presence']; reason?: string }) => {
        presence = line.state === 'up' ? { ...wanted, since: Date.now() } : { ...presence, wanted: wanted.presence }
        bump('presence')
        return stored()
      }
    },
    calls: { account: async () => null, recoverable: async () => [] },
    search: {
      find: async ({ text }: { text: string }) =>
        hits.filter((hit) => `${hit.text} ${hit.detail}`.toLowerCase().includes(text.toLowerCase()))
    },
    customers: { get: async () => ({ conversations: [] }) },
    knowledge: { list: async () => [] },
    desk: {
      line: async () => line,
      outbox: async () => outbox,
      retry: async ({ commandId }: { commandId: string }) => {
        outbox = outbox.filter((row) => row.commandId !== commandId)
        bump('outbox')
        return { commandId }
      },
      discard: async ({ commandId }: { commandId: string }) => {
        outbox = outbox.filter((row) => row.commandId !== commandId)
        bump('outbox')
        return {}
      },
      undoDiscard: async () => ({}),
      dismissStoreNotice: async () => {
        const { storeNotice: _gone, ...rest } = line
        line = rest
        bump('line')
        return {}
      },
      settings: async () => settings,
      saveSettings: async (change: Partial<Settings>) => {
        settings = { ...settings, ...change }
        bump('settings')
        return settings
      }
    },
    live: {
      changes: async (_input: undefined, { signal }: { signal: AbortSignal }) => changesUntil(listeners, signal)
    },
    practice: {
      view: async () => practice,
      setPace: async ({ pace }: { pace: PracticeView['pace'] }) => void (practice = { ...practice, pace }),
      setLanguage: async ({ language }: { language: PracticeView['language'] }) => void (practice = { ...practice, language }),
      start: async () => ({ conversationId: 'k9' }),
      setLine: async ({ up }: { up: boolean }) => {
        practice = { ...practice, lineUp: up }
        line = { ...line, state: up ? 'up' : 'down', since: Date.now() }
        bump('line', 'practice')
      }
    }
  }
  return {
    client,
    me,
    people,
    bump,
    set: (change: { settings?: Partial<Settings>; presence?: PresenceView; line?: Partial<LineView>; outbox?: OutboxRow[] }) => {
      settings = { ...settings, ...change.settings }
      presence = change.presence ?? presence
      line = { ...line, ...change.line }
      outbox = change.outbox ?? outbox
      bump('settings', 'presence', 'line', 'outbox')
    }
  }
}

async function* changesUntil(listeners: Set<(changes: Change[]) => void>, signal: AbortSignal): AsyncGenerator<Change[]> {
  const waiting: Change[][] = [[]]
  let wake: () => void = () => {}
  const listener = (changes: Change[]) => {
    waiting.push(changes)
    wake()
  }
  listeners.add(listener)
  signal.addEventListener('abort', () => wake())
  try {
    while (!signal.aborted) {
      const next = waiting.shift()
      if (next) yield next
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    listeners.delete(listener)
  }
}
