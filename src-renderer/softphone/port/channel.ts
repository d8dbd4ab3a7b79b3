import { type Clock, repeat } from '../engine/clock.ts'
import { keepSame } from './keep.ts'
import { errorOf, failureOf, type Message, readMessage, type Said, WIRE_VERSION } from './messages.ts'
import {
  type Action,
  type Levels,
  NEW_VIEW,
  PhoneGoneError,
  type PhonePlace,
  type PhonePort,
  type PhoneView,
  type Watched
} from './port.ts'

/** A line to every other page of the desk; a BroadcastChannel in a browser. */
export interface Wire {
  post(message: unknown): void
  /** One listener; it hears what the other pages say. */
  listen(listener: (message: unknown) => void): void
  close(): void
}

const BEAT_MS = 2_000
/** Three beats missed: whoever was there is not there now. */
const GONE_MS = 6_500
/** Long enough for a host that answers slowly; then nobody knows what became of the action. */
const ACT_MS = 15_000

/** This page among the pages of its desk. */
export interface Page {
  readonly id: string
  readonly wire: Wire
  readonly clock: Clock
  say(said: Said): void
  hear(listener: (message: Message) => void): void
}

export function createPage(wire: Wire, id: string, clock: Clock): Page {
  let heard: (message: Message) => void = () => {}
  wire.listen((data) => {
    const message = readMessage(data)
    if ('bad' in message) console.warn(`another page of this desk said something that is not understood: ${message.bad}`)
    else if (message.from !== id) heard(message)
  })
  return {
    id,
    wire,
    clock,
    say: (said) => wire.post({ v: WIRE_VERSION, from: id, ...said } satisfies Message),
    hear: (listener) => {
      heard = listener
    }
  }
}

/** Shows this page's phone to the other pages, and obeys them. Returns what ends it. */
export function servePhone(phone: PhonePort, page: Page): () => void {
  const { clock } = page
  const screens = new Map<string, { until: number; watching: readonly Watched[] }>()
  const watches = new Map<Watched, () => void>()
  let pending = false
  let ended = false

  const tell = () => page.say({ type: 'view', view: phone.view })
  // One decision of the phone often changes several things: the other pages get them together.
  const change = () => {
    if (pending || screens.size === 0) return
    pending = true
    queueMicrotask(() => {
      pending = false
      if (!ended) tell()
    })
  }

  function look(): void {
    const now = clock.now()
    for (const [id, screen] of screens) if (screen.until < now) screens.delete(id)
    for (const what of ['call', 'microphone'] as const) {
      const watched = [...screens.values()].some((screen) => screen.watching.includes(what))
      const end = watches.get(what)
      if (watched && !end)
        watches.set(
          what,
          phone.watch(what, (levels) => page.say({ type: 'levels', what, levels }))
        )
      if (!watched && end) {
        end()
        watches.delete(what)
      }
    }
  }

  page.hear((message) => {
    switch (message.type) {
      case 'screen': {
        const isNew = !screens.has(message.from)
        screens.set(message.from, { until: clock.now() + GONE_MS, watching: message.watching })
        look()
        if (isNew) tell()
        return
      }
      case 'act': {
        const { id, from } = message
        const done = (failure?: ReturnType<typeof failureOf>) => {
          if (!ended) page.say({ type: 'done', to: from, id, ...(failure ? { failure } : {}) })
        }
        phone.act(fromAfar(message.action)).then(
          () => done(),
          (error: unknown) => done(failureOf(error))
        )
        return
      }
    }
  })
  const stop = phone.subscribe(change)
  const beat = repeat(clock, BEAT_MS, () => {
    look()
    if (screens.size > 0) page.say({ type: 'alive' })
  })
  // Screens that another phone was shown on, before it ended, are waiting.
  tell()
  return () => {
    ended = true
    stop()
    beat()
    for (const end of watches.values()) end()
    page.say({ type: 'leaving' })
  }
}

/** A click in another page lets the browser ask nothing in this one. */
const fromAfar = (action: Action): Action => (action.type === 'headset' ? { ...action, asks: false } : action)

/** The phone of another page, as this one sees it. */
export function remotePhone(page: Page, newId: () => string): PhonePort {
  const { clock } = page
  const listeners = new Set<() => void>()
  const watchers: Record<Watched, Set<(levels: Levels) => void>> = { call: new Set(), microphone: new Set() }
  const asked = new Map<string, { resolve(): void; reject(error: Error): void }>()
  let view: PhoneView = NEW_VIEW
  let place: PhonePlace = 'starting'
  let leader: string | undefined
  let heardAt = clock.now()
  let closed = false

  const changed = () => {
    for (const listener of [...listeners]) listener()
  }
  const watching = () => (['call', 'microphone'] as const).filter((what) => watchers[what].size > 0)
  const present = () => page.say({ type: 'screen', watching: watching() })
  function giveUp(): void {
    for (const { reject } of asked.values()) reject(new PhoneGoneError())
    asked.clear()
  }
  function be(next: PhonePlace): void {
    if (place === next) return
    place = next
    changed()
  }

  page.hear((message) => {
    switch (message.type) {
      case 'view':
        if (leader !== undefined && leader !== message.from) giveUp()
        leader = message.from
        heardAt = clock.now()
        view = keepSame(view, message.view)
        place = 'elsewhere'
        changed()
        return
      case 'alive':
        // Another phone than the one that is shown: its view is due.
        if (message.from !== leader) return present()
        heardAt = clock.now()
        return be('elsewhere')
      case 'levels':
        for (const tell of watchers[message.what]) tell(message.levels)
        return
      case 'done': {
        const one = message.to === page.id ? asked.get(message.id) : undefined
        if (!one) return
        asked.delete(message.id)
        if (message.failure) one.reject(errorOf(message.failure))
        else one.resolve()
        return
      }
      case 'leaving':
        if (message.from !== leader) return
        leader = undefined
        giveUp()
        view = { ...NEW_VIEW, recoverable: view.recoverable, lost: view.lost }
        place = 'starting'
        return changed()
    }
  })
  present()
  const beat = repeat(clock, BEAT_MS, () => {
    present()
    if (place === 'elsewhere' && clock.now() - heardAt > GONE_MS) {
      giveUp()
      be('silent')
    }
  })

  return {
    get view() {
      return view
    },
    get place() {
      return place
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    watch(what, listener) {
      watchers[what].add(listener)
      present()
      return () => {
        watchers[what].delete(listener)
        if (!closed) present()
      }
    },
    async act(action: Action) {
      if (closed || place !== 'elsewhere') throw new PhoneGoneError()
      const id = newId()
      let cancel = () => {}
      try {
        await new Promise<void>((resolve, reject) => {
          asked.set(id, { resolve, reject })
          cancel = clock.after(ACT_MS, () => reject(new PhoneGoneError()))
          page.say({ type: 'act', id, action })
        })
      } finally {
        cancel()
        asked.delete(id)
      }
    },
    async close() {
      closed = true
      beat()
      giveUp()
    }
  }
}
