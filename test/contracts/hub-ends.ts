import type { Hub, HubLevers, ReceivedCommand, WireCommand } from '../../src-main/hub/hub.ts'
import { type DeskEvent, type Fact, fact } from '../../src-shared/events.ts'

/** A hub under test. `restart` stops it and opens it again on the same logs; without it those tests are about one life only. */
export interface HubUnderTest {
  hub: Hub
  levers: HubLevers
  restart(): Promise<HubUnderTest>
  close(): Promise<void>
}

export const note = (id: string, conversationId = 'conv-1', at = 1): Fact =>
  fact('entry.added', { entryId: id, kind: 'note', speaker: 'agent', text: `text ${id}`, at }, at, id, conversationId)
export const presence = (id: string): Fact => fact('presence.changed', { personId: 'lin', presence: 'available', since: 1 }, 1, id)
export const send = (id: string, type = 'note.add'): WireCommand => ({ id, at: 7, type, data: { text: `of ${id}` } })
export const range = (n: number, from = 1) => Array.from({ length: n }, (_, i) => i + from)

/** Waits for a condition that the hub brings about, however long the machine takes. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

/** A desk that keeps what it gets. */
export function listen(hub: Hub, deskId: string, cursor = 0, each?: (batch: DeskEvent[]) => Promise<void>) {
  const heard = { events: [] as DeskEvent[], batches: [] as number[], ups: 0, downs: [] as string[], close: () => {} }
  const { close } = hub.desk(deskId).open(cursor, {
    events: async (batch) => {
      const events = batch as DeskEvent[] // what the suite committed itself
      heard.batches.push(events.length)
      await each?.(events)
      heard.events.push(...events)
    },
    up: () => {
      heard.ups += 1
    },
    down: (reason) => heard.downs.push(reason)
  })
  heard.close = close
  return heard
}

export function serve(hub: Hub, handle: 'end' | 'leave' | ((command: ReceivedCommand) => void) = 'end') {
  const got: ReceivedCommand[] = []
  const { close } = hub.centre().onCommand((command) => {
    got.push(command)
    if (handle === 'end') hub.centre().commit({ facts: [], deskEvents: [], handled: { deskId: command.deskId, commandId: command.id } })
    else if (handle !== 'leave') handle(command)
  })
  return { got, close }
}

export const tell = (hub: Hub, deskId: string, ...events: Fact[]) =>
  hub.centre().commit({ facts: [], deskEvents: events.map((event) => ({ deskId, event })) })
