import type { DeskEvent, Fact } from '../../src-shared/events.ts'

/**
 * The line between the centre and the desks: an ordered log per desk down, commands up, facts as the truth behind both.
 * Two implementations pass test/contracts/hub.ts: `local-hub` (in process, kept in SQLite) and, later, NATS JetStream.
 */

/** A command on the wire. The hub looks at the id only; the centre checks the rest. */
export interface WireCommand {
  id: string
  /** When it was made, on the desk's clock, epoch ms. */
  at: number
  type: string
  data: unknown
}

/** What a desk receives: events as they stand in its log. Unchecked: the desk's intake reads them. */
export interface DeskHandlers {
  /**
   * Events after the cursor, in order of `deskSeq`; the same ones may come again. The next batch comes after the promise settles;
   * a rejection ends the subscription with `down`.
   */
  events(batch: unknown[]): Promise<void>
  up(): void
  /** The line is gone; the desk opens it again when it wants to. */
  down(reason: string): void
}

/** The desk's end of the line. */
export interface DeskLine {
  /** Reads the log after `cursor` (0: from the beginning). Calls `up` when connected. */
  open(cursor: number, handlers: DeskHandlers): { close(): void }
  /** Resolves when the hub has stored the command (the centre's answer comes in the log). Rejects when the line is down. */
  send(command: WireCommand): Promise<void>
}

/** A command the hub hands to the centre. */
export interface ReceivedCommand extends WireCommand {
  deskId: string
}

/** What a decision leads to. */
export interface Commit {
  /** Appended to the truth. A fact whose id is already there is left out. */
  facts: Fact[]
  /** Appended to desks' logs, in order. An event whose id is already in that desk's log is left out. */
  deskEvents: { deskId: string; event: Fact }[]
  /** The command that is now dealt with; it is not handed out again. */
  handled?: { deskId: string; commandId: string } | undefined
}

/** The centre's end of the line. */
export interface CentreLine {
  /**
   * All or nothing where the hub can; elsewhere facts, then desk events, then the command's end, so that a repeat after a crash is
   * harmless by the ids.
   */
  commit(commit: Commit): void
  /** All facts in the order they were committed. */
  facts(): Iterable<Fact>
  /** Facts of one conversation, in order. */
  factsOf(conversationId: string): Fact[]
  /** Commands one at a time, per desk in the order sent; one that was handled never comes again, whoever sends it twice. */
  onCommand(handler: (command: ReceivedCommand) => void): { close(): void }
}

export interface Hub {
  desk(deskId: string): DeskLine
  centre(): CentreLine
  close(): void
}

/** Faults that a test (or the practice switch) can make. Each acts on one desk's line; `'*'` acts on all. */
export interface HubLevers {
  /** Cut or mend the line. */
  setLine(deskId: string, up: boolean): void
  /** Hold events and commands back this long. */
  delay(deskId: string, ms: number): void
  /** Deliver each event this many times. */
  duplicate(deskId: string, times: number): void
  /** Deliver the events of a batch in this order instead (a desk must put up with it or ask again). */
  reorder(deskId: string, order: ((batch: DeskEvent[]) => DeskEvent[]) | undefined): void
  /** Lose the next `n` deliveries or sends without a word. */
  drop(deskId: string, n: number): void
  /** Refuse the next `n` sends with an error. */
  refuse(deskId: string, n: number): void
}
