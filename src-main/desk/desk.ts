import type { LineView, Settings } from '../../src-shared/contract/desk.ts'
import type { FlowsView } from '../../src-shared/contract/front-desk.ts'
import type { PersonView } from '../../src-shared/contract/session.ts'
import type { DeskEvent } from '../../src-shared/events.ts'
import type { Topic } from '../../src-shared/topics.ts'
import type { Ai } from '../ai/ai.ts'
import type { DeskLine } from '../hub/hub.ts'
import { appendToLog, readCursor } from '../store/log.ts'
import { openStore, SqliteError } from '../store/open.ts'
import { acceptCommand, countCommands, refuseCommand, settleFromAnswers } from '../store/own/commands.ts'
import { dismissNotice, readDraft, readNotice, readSettings, saveDraft, saveSettings, setReadMark } from '../store/own/keep.ts'
import { allArticles } from '../store/queries/records.ts'
import type { Reading } from '../store/queries/rows.ts'
import type { PracticeControl } from './api/context.ts'
import type { Colleague } from './colleagues.ts'
import { type Commands, createCommands } from './commands.ts'
import { createBetterWording } from './copilot/better-wording.ts'
import { type Copilot, createCopilot } from './copilot/copilot.ts'
import { createModelDesk, type ModelDesk } from './model-desk.ts'
import { createPhone, type Phone } from './phone.ts'
import type { SeatAccount } from './phone-settings.ts'
import { startRetention } from './retention.ts'
import { createSeatPresence, type SeatPresence } from './seat-presence.ts'
import { createSittings } from './sittings.ts'
import { createLine } from './sync/line.ts'
import { createOutbox } from './sync/outbox.ts'
import { realTimers, type Timers } from './timers.ts'
import { createTopics, type Topics } from './topics.ts'

export interface DeskLog {
  /** One event with details that are free of customers' words and numbers. */
  write(event: string, detail?: Record<string, unknown>): void
}

export interface DeskOptions {
  person: PersonView
  deskId: string
  /** The desk's own folder; made when it is not there. */
  dir: string
  /** 32 bytes that open the store. */
  key: Buffer
  line: DeskLine
  ai: Ai
  now: () => number
  host: 'electron' | 'web'
  /** The phone of this seat; `null` for roles without one. */
  account?: (() => SeatAccount | null) | undefined
  /** Lets pages loaded from now on speak to these addresses. True when a page loaded before may not. */
  allowServers?: ((sources: readonly string[]) => boolean) | undefined
  /** Who of the centre can be called. */
  colleagues?: (() => readonly Colleague[]) | undefined
  recordings?: RecordingArchive | undefined
  /** What the centre's front desk does by itself; `undefined` while that is not known. */
  frontDeskFlows?: (() => FlowsView | undefined) | undefined
  /** Told how long this desk keeps closed conversations: at the start, and when it changes. */
  keptDays?: ((days: number) => void) | undefined
  /** Notes what somebody must be able to answer for. Ids and codes only. */
  audit?: ((act: string, detail: Record<string, string>) => void) | undefined
  practice?: PracticeControl | undefined
  log: DeskLog
  /** The centre has taken the desk away; its store is gone already. */
  onRevoked?: ((reason: string) => void) | undefined
  /** For tests; the process's own by default. */
  timers?: Timers | undefined
  random?: (() => number) | undefined
  schedule?: ((flush: () => void) => void) | undefined
}

/** The recordings of the centre, where this machine keeps them. */
export interface RecordingArchive {
  /**
   * One piece of a recording as WAV, and how many pieces there are.
   *
   * @throws {RefusalError} `not_found` for a recording or piece that is not there, `not_available` for one that cannot be read.
   */
  piece(recordingId: string, piece: number): Promise<{ wav: Uint8Array; pieces: number }>
}

/** One person's workstation core. Its store has one writer: a second desk on the same folder does not open. */
export interface Desk {
  readonly deskId: string
  readonly person: PersonView
  readonly host: 'electron' | 'web'
  readonly practice: PracticeControl | undefined
  readonly commands: Commands
  readonly copilot: Copilot
  readonly topics: Topics
  readonly phone: Phone
  readonly modelDesk: ModelDesk
  readonly log: DeskLog
  /** Stopped or revoked: nothing can be asked of it any more. */
  readonly closed: boolean
  now(): number
  /** What queries read from. */
  reading(): Reading
  lineView(): LineView
  readonly presence: SeatPresence
  readonly recordings: RecordingArchive | undefined
  colleagues(): readonly Colleague[]
  frontDeskFlows(): FlowsView | undefined
  /** Somebody listens to a recording: a sitting is noted once. */
  opened(recordingId: string, of: { conversationId: string }): void
  /** A softphone of this seat has started anew; calls that were up before are offered for recovery. */
  phoneConnected(): void
  settings(): Settings
  saveSettings(change: Partial<Settings>): Settings
  draft(conversationId: string): string
  saveDraft(conversationId: string, text: string): void
  markRead(conversationId: string): void
  dismissStoreNotice(): void
  /** An error of the store met while asking it: a damaged file is set aside and read again from the centre. */
  storeFault(error: unknown): void
  /** Stops in the reverse order of the start. Harmless when repeated. */
  close(): void
}

/**
 * Starts one desk.
 *
 * @throws {FolderInUseError} another Sidetone has the folder.
 * @throws {SqliteError} `newer`, `io`, `full`: see store/open.ts.
 */
export function openDesk(options: DeskOptions): Desk {
  const { person, deskId, now, ai, log } = options
  const timers = options.timers ?? realTimers
  const random = options.random ?? Math.random

  // 1. The store.
  const store = openStore({ dir: options.dir, key: options.key, personId: person.personId, now })
  const reading = (): Reading => ({ desk: store.desk, own: store.own, personId: person.personId })

  // 2. What views hear, and the co-pilot with the articles it may quote.
  const topics = createTopics(options.schedule)
  const audit = options.audit ?? (() => {})
  const clock = (): number => performance.now()
  const modelDesk = createModelDesk({
    own: () => store.own,
    ai,
    clock,
    audit,
    changed: () => {
      better.forget()
      topics.bump(['settings'])
    }
  })
  const better = createBetterWording({
    server: () => modelDesk.server(),
    arrived: (conversationId) => topics.bump([`conversation:${conversationId}`]),
    note: (note) => log.write('model server', { deskId, ...note })
  })
  const copilot = createCopilot({ ai, reading, clock, better })
  const teach = (): void => {
    const articles = allArticles(store.desk)
    if (articles.length > 0) ai.setArticles(articles)
    copilot.forget()
  }
  teach()

  // 3. What users enter, and its way out.
  const outbox = createOutbox({
    own: () => store.own,
    send: (command) => options.line.send(command),
    timers,
    random,
    fault: (what) => log.write('send failed', { deskId, what })
  })
  const commands = createCommands({
    own: () => store.own,
    reading,
    now,
    ai,
    changed: (changed) => {
      topics.bump(changed)
      outbox.kick()
    }
  })
  const phone = createPhone({
    own: () => store.own,
    reading,
    now,
    account: options.account,
    allow: options.allowServers,
    audit,
    changed: (changed) => topics.bump(changed),
    callsChanged: () => presence.callsChanged(),
    isColleague: (number) => options.colleagues?.().some((one) => number === one.extension || number === one.personId) ?? false
  })
  const sittings = createSittings(audit, now)
  const presence = createSeatPresence({
    own: () => store.own,
    reading,
    now,
    timers,
    enter: (data) => commands.enter('presence.set', data),
    hasPhone: () => phone.account() !== null,
    engaged: () => phone.engaged(),
    changed: () => topics.bump(['presence'])
  })

  // 4. The line to the centre.
  let closed = false
  const line = createLine({
    line: options.line,
    now,
    random,
    timers,
    cursor: () => readCursor(store.desk),
    store: (batch) => {
      if (closed) return
      try {
        const done = appendToLog(store.desk, person.personId, batch)
        for (const kept of done.kept) log.write('event not applied', { deskId, ...kept })
        afterCommit(done.applied, done.topics)
      } catch (error) {
        storeFault(error)
        throw error
      }
    },
    changed: (status) => {
      topics.bump(['line', 'wallboard', 'colleagues'])
      if (status.state === 'up') lineUp()
      else outbox.lineDown()
    },
    fault: (what, detail) => log.write(what, { deskId, ...detail })
  })
  line.open()

  // 5. What must not be kept for ever.
  options.keptDays?.(readSettings(store.own).keepClosedDays)
  const retention = startRetention({
    store: () => store,
    days: () => readSettings(store.own).keepClosedDays,
    now,
    timers,
    changed: () => topics.bump(['inbox']),
    fault: storeFault
  })

  function lineUp(): void {
    try {
      // An answer may stand in the log whose command could not be ended at the time: the disk was full, say.
      settleFromAnswers(store.own, store.desk)
      topics.bump(['outbox', 'inbox', 'presence', 'line'])
    } catch (error) {
      storeFault(error)
    }
    outbox.lineUp()
  }

  /** Only what must not be before the commit: the ends of commands, what the co-pilot knows, the news for views. */
  function afterCommit(applied: readonly DeskEvent[], changed: Set<Topic>): void {
    let answered = false
    let revoked: string | undefined
    let shown = false
    for (const event of applied)
      switch (event.type) {
        case 'command.accepted':
          answered = acceptCommand(store.own, event.data.commandId) || answered
          break
        case 'command.rejected':
          answered = refuseCommand(store.own, event.data.commandId, event.data) || answered
          break
        case 'presence.changed':
          shown ||= event.data.personId === person.personId
          break
        case 'desk.revoked':
          revoked = event.data.reason
          break
        default:
          break
      }
    if (changed.has('knowledge')) teach()
    if (revoked !== undefined) {
      revoke(revoked)
      return
    }
    if (answered) {
      outbox.answered()
      for (const topic of ['outbox', 'inbox', 'presence', 'line', 'calls'] as const) changed.add(topic)
    }
    topics.bump(changed)
    if (shown) presence.shown()
  }

  function revoke(reason: string): void {
    log.write('desk revoked', { deskId, reason })
    stop()
    store.wipe()
    options.onRevoked?.(reason)
  }

  function storeFault(error: unknown): void {
    if (closed || !(error instanceof SqliteError)) return
    log.write('store', { deskId, kind: error.kind, code: error.code, error: error.message })
    if (error.kind !== 'damaged' || !store.replaceDamagedDesk()) return
    topics.bump(['line', 'inbox'])
    line.reopen()
  }

  function stop(): void {
    closed = true
    better.close()
    retention.close()
    presence.close()
    line.close()
    outbox.close()
    topics.close()
  }

  return {
    deskId,
    person,
    host: options.host,
    practice: options.practice,
    commands,
    copilot,
    topics,
    phone,
    modelDesk,
    log,
    get closed() {
      return closed
    },
    now,
    reading,
    lineView() {
      const notice = readNotice(store.own)
      return { ...line.status(), ...countCommands(store.own), ...(notice ? { storeNotice: notice } : {}) }
    },
    presence,
    recordings: options.recordings,
    colleagues: () => options.colleagues?.() ?? [],
    frontDeskFlows: () => options.frontDeskFlows?.(),
    opened: (recordingId, { conversationId }) => sittings.opened(recordingId, conversationId),
    phoneConnected() {
      phone.connected()
      topics.bump(['inbox'])
    },
    settings: () => readSettings(store.own),
    saveSettings(change) {
      const saved = saveSettings(store.own, change)
      topics.bump(['settings'])
      presence.settingsChanged()
      options.keptDays?.(saved.keepClosedDays)
      return saved
    },
    draft: (conversationId) => readDraft(store.own, conversationId),
    saveDraft: (conversationId, text) => saveDraft(store.own, conversationId, ai.mask(text), now()),
    markRead(conversationId) {
      if (setReadMark(store.own, conversationId, readCursor(store.desk))) topics.bump(['inbox', `conversation:${conversationId}`])
    },
    dismissStoreNotice() {
      dismissNotice(store.own)
      topics.bump(['line'])
    },
    storeFault,
    close() {
      if (closed) return
      stop()
      store.close()
    }
  }
}
