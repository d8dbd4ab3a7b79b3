import { createHmac } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PersonView } from '../../src-shared/contract/session.ts'
import { RefusalError } from '../../src-shared/errors.ts'
import { newId } from '../../src-shared/ids.ts'
import type { Locale } from '../../src-shared/taxonomy.ts'
import { createAi } from '../ai/index.ts'
import { createModelShelf } from '../ai/models/shelf.ts'
import { warm } from '../ai/warm.ts'
import { type Audit, createAudit, verifyAudit } from '../audit/audit.ts'
import { readCatalogue } from '../centre/advice/catalogue.ts'
import { type FlowBook, readFlows } from '../centre/front-desk/flows.ts'
import { legible } from '../centre/front-desk/legible.ts'
import type { Context, Lobby, PracticeControl } from '../desk/api/context.ts'
import type { Colleague } from '../desk/colleagues.ts'
import { type Desk, openDesk } from '../desk/desk.ts'
import type { SeatAccount } from '../desk/phone-settings.ts'
import { realTimers } from '../desk/timers.ts'
import { createLocalHub } from '../hub/local-hub.ts'
import { createPracticeBank } from '../practice/bank/practice-bank.ts'
import { createMemory, type PracticeMemory } from '../practice/customers/memory.ts'
import type { Pbx } from '../practice/pbx/port.ts'
import { COLLEAGUES, PEOPLE, type Person } from '../practice/people.ts'
import { openPractice, type Practice } from '../practice/practice.ts'
import { openRecordings, type Recordings } from '../practice/recordings/recordings.ts'
import { loadScenarios } from '../practice/scenarios/load.ts'
import { createVoices } from '../practice/scenarios/voices.ts'
import { openDatabase } from '../sqlite/sqlite.ts'
import { takeLock } from '../store/lock.ts'
import { auditedHub } from './audited-hub.ts'
import { choosePhonePort } from './phone-port.ts'
import { createArchive, startForgetting } from './recordings.ts'
import { openSeatNotes } from './seat-notes.ts'
import { createSeats, type Seats } from './seats.ts'

export interface WorkplaceOptions {
  /** The folder all desks, the hub and the practice centre keep their files in. */
  dir: string
  /** 32 bytes; everything stored is encrypted with it, and seats are signed with it. */
  key: Buffer
  host: 'electron' | 'web'
  version: string
  /** Folder that holds `practice/`. */
  resources: string
  log(event: string, detail?: Record<string, unknown>): void
  now?: () => number
}

/** Everything that one machine runs while the practice centre is embedded: hub, centre, PBX, and a desk for each who sits down. */
export interface Workplace {
  seats: Seats
  context(seat: string | undefined): Context | undefined
  /** A page of this context opened or went away. */
  attended(context: Context, present: boolean): void
  phoneServers(): readonly string[]
  close(): Promise<void>
}

const PHONE_DOMAIN = 'practice.invalid'
const hasPhone = (person: Person): boolean => person.role === 'agent' || person.role === 'expert'
/** The page has its first paint by then, and no customer has come yet. */
const WARM_AFTER_MS = 1_500
/** How long recordings are kept while no seat has said how long it keeps conversations. */
const KEPT_DAYS = 30
const COLLEAGUE_ROWS: readonly Colleague[] = [...PEOPLE, ...COLLEAGUES]
  .filter(({ extension }) => extension !== '')
  .map(({ personId, name, role, extension, queues }) => ({ personId, name, role, extension, queues: [...queues] }))
const SEAT_MS = 12 * 3600_000
const MORNING_MS = 3.5 * 3600_000

/** @throws FolderInUseError when another Sidetone has the folder open. */
export async function openWorkplace(options: WorkplaceOptions): Promise<Workplace> {
  const { dir, key, log } = options
  const now = options.now ?? Date.now
  mkdirSync(dir, { recursive: true, mode: 0o700 })

  // 1. The folder is ours, 2. the line, 3. who may sit down
  const lock = takeLock(dir)
  const audit = openAudit(dir, key, now, log)
  const hub = auditedHub(createLocalHub({ path: join(dir, 'hub.db'), key, log: { write: log } }), audit, (personId) =>
    PEOPLE.some((one) => one.personId === personId)
  )
  const seats = createSeats(key, now)
  const models = createModelShelf(join(options.resources, 'models'), (line) => log('models', { line }))
  const ai = createAi(models)
  const desks = new Map<string, Desk>()
  const pages = new Map<string, number>()
  const notes = openSeatNotes(dir, log)
  const recordings = openArchiveFolder(options, now)
  const forgetting =
    recordings && startForgetting({ recordings, keptDays: () => notes.keptDays() ?? KEPT_DAYS, now, after: realTimers.after, log })

  // 4. PBX and practice centre: desks work without them, so nobody waits. Only the PBX's port must be known when a page loads,
  // because the page's security policy names it.
  const phonePort = await choosePhonePort(dir)
  let pbx: Pbx | undefined
  let practice: Practice | undefined
  let book: FlowBook | undefined
  const flows = (): FlowBook => {
    book ??= readFlows(readFileSync(join(options.resources, 'front-desk', 'flows.json'), 'utf8'))
    return book
  }
  let memory: PracticeMemory | undefined
  const closing = new AbortController()
  const opened = open()
  opened.catch((error: unknown) => {
    if (!closing.signal.aborted) log('practice', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  })

  async function open(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    const folder = join(options.resources, 'practice')
    const content = loadScenarios(folder)
    const voices = createVoices(folder)
    const { createPbx } = await import('../practice/pbx/pbx.ts') // WebRTC takes long to load
    if (closing.signal.aborted) return
    const phone = await createPbx({
      port: phonePort,
      domain: PHONE_DOMAIN,
      secrets: phoneSecret,
      recordings,
      log: (line) => log('pbx', { line })
    })
    for (const person of PEOPLE) if (hasPhone(person)) phone.account(person.personId)
    pbx = phone
    memory = createMemory(openDatabase(join(dir, 'practice.db'), key))
    const made = await openPractice({
      hub,
      ai,
      content,
      voice: voices.voiceOf,
      memory,
      pbx: phone,
      catalogue: readCatalogue(readFileSync(join(options.resources, 'practice', 'products.json'), 'utf8')),
      flows: flows(),
      bank: (deliver) =>
        createPracticeBank({
          db: openDatabase(join(dir, 'bank.db'), key),
          customers: content.customers,
          now,
          random: Math.random,
          deliver,
          log
        }),
      now,
      random: Math.random,
      newId: () => newId(),
      log,
      morningMs: MORNING_MS,
      signal: closing.signal
    })
    practice = made
    for (const [deskId, count] of pages) if (count > 0) seat(deskId)
  }

  // A phone account stands before the PBX does, so that no desk waits for it; its secret never leaves this machine.
  const phoneSecret = (personId: string) => createHmac('sha256', key).update(`phone ${phonePort} ${personId}`).digest('base64url')
  const phoneAccount = ({ personId, name }: Person): SeatAccount => ({
    servers: [`ws://127.0.0.1:${phonePort}`],
    domain: PHONE_DOMAIN,
    user: personId,
    secret: phoneSecret(personId),
    displayName: name.en
  })

  const personOf = (personId: string): Person => {
    const person = PEOPLE.find((one) => one.personId === personId)
    if (!person) throw new RefusalError('not_found', `nobody here is called ${personId}`, 'personId')
    return person
  }
  const viewOf = (person: Person): PersonView => ({
    personId: person.personId,
    name: person.name,
    role: person.role,
    initials: person.initials,
    hue: person.hue,
    signedIn: (pages.get(person.personId) ?? 0) > 0
  })

  function deskOf(personId: string): Desk {
    const known = desks.get(personId)
    if (known) return known
    const person = personOf(personId)
    const folder = join(dir, 'desks', personId)
    mkdirSync(folder, { recursive: true })
    const reader = createAi(models) // each desk searches a knowledge base of its own
    setTimeout(() => {
      warm(reader).catch((error: unknown) => log('warm', { error: String(error) }))
    }, WARM_AFTER_MS).unref()
    const desk = openDesk({
      person: viewOf(person),
      deskId: personId,
      dir: folder,
      key,
      line: hub.desk(personId),
      ai: reader,
      now,
      host: options.host,
      account: () => (hasPhone(person) ? phoneAccount(person) : null),
      allowServers: (sources) => notes.allow(personId, sources),
      colleagues: () => COLLEAGUE_ROWS,
      frontDeskFlows: () => legible(flows()),
      recordings: recordings && createArchive(recordings),
      audit: (act, detail) => audit.record(personId, act, detail),
      keptDays: (days) => notes.keep(personId, days),
      practice: control(personId),
      log: { write: log }
    })
    desks.set(personId, desk)
    return desk
  }

  let lineUp = new Map<string, boolean>()
  function control(personId: string): PracticeControl {
    const running = () => {
      if (!practice) throw new RefusalError('not_available', 'the practice centre is still opening')
      return practice
    }
    return {
      view: () => ({ ...running().view(personId), lineUp: lineUp.get(personId) ?? true }),
      setPace: (pace) => running().setPace(personId, pace),
      setFrontDesk: (frontDesk) => running().setFrontDesk(personId, frontDesk),
      setLanguage: (language) => running().setLanguage(personId, language),
      start: (scenarioId, channel, frontDesk) => running().start(personId, scenarioId, channel, frontDesk),
      prompt: (conversationId) => running().prompt(personId, conversationId),
      setLine(up) {
        audit.record(personId, up ? 'line-mended' : 'line-cut')
        lineUp = new Map(lineUp).set(personId, up)
        hub.levers.setLine(personId, up)
      }
    }
  }

  const localeOf = (personId: string): Locale => desks.get(personId)?.settings().locale ?? 'en'
  const seat = (personId: string) => practice?.seated(personId, () => localeOf(personId))

  const lobby: Lobby = {
    people: () => PEOPLE.map(viewOf),
    signIn(personId) {
      const person = personOf(personId)
      deskOf(personId)
      audit.record(personId, 'signed-in')
      return { deskId: personId, person: viewOf(person), seat: seats.issue({ kind: 'seat', deskId: personId, personId }, SEAT_MS) }
    },
    signOut(deskId) {
      audit.record(deskId, 'signed-out')
      practice?.left(deskId)
    },
    about: () => ({ host: options.host, version: options.version, practice: true })
  }

  return {
    seats,
    context(token) {
      if (token === undefined) return { lobby }
      const claim = seats.read('seat', token)
      if (!claim || !PEOPLE.some((one) => one.personId === claim.personId)) return undefined
      return { lobby, seat: { desk: deskOf(claim.personId), person: viewOf(personOf(claim.personId)) } }
    },
    attended(context, present) {
      const personId = context.seat?.person.personId
      if (!personId) return
      const count = Math.max(0, (pages.get(personId) ?? 0) + (present ? 1 : -1))
      pages.set(personId, count)
      if (count > 0) seat(personId)
      else practice?.left(personId)
    },
    phoneServers: () => [`ws://127.0.0.1:${phonePort}`, ...notes.sources()],
    async close() {
      closing.abort()
      await opened.catch(() => undefined) // already logged above
      practice?.close()
      await pbx?.close()
      forgetting?.close()
      for (const desk of desks.values()) desk.close()
      memory?.close()
      hub.close()
      audit.close()
      lock.release()
    }
  }
}

/** A disk that does not let us costs the recordings, not the workplace. */
function openArchiveFolder({ dir, key, log }: WorkplaceOptions, now: () => number): Recordings | undefined {
  try {
    return openRecordings({ dir: join(dir, 'recordings'), key, now, newId, log: (line) => log('recordings', { line }) })
  } catch (error) {
    log('recordings', { error: String(error) })
    return undefined
  }
}

/** The audit trail, gone through once at every start: a broken one goes on, and the log says where it broke. */
function openAudit(dir: string, key: Buffer, now: () => number, log: WorkplaceOptions['log']): Audit {
  const db = openDatabase(join(dir, 'audit.db'), key, { durability: 'full' })
  const audit = createAudit(db, key, now)
  const verdict = verifyAudit(db, key)
  if ('brokenAt' in verdict) {
    log('audit.broken', verdict)
    audit.record('host', 'chain-broken', { entry: String(verdict.brokenAt), why: verdict.why })
  }
  return audit
}
