import { PACES, type Pace } from '../../../src-shared/taxonomy.ts'
import type { Db } from '../../sqlite/sqlite.ts'

/** Where a scripted customer stands; kept, so that customers go on after a crash. */
export interface RememberedScript {
  conversationId: string
  scenarioId: string
  channel: 'voice' | 'chat'
  personId: string
  step: number
  nudged: boolean
  begun: boolean
}

export const CUSTOMER_LANGUAGES = ['follow', 'en', 'zh', 'both'] as const
export const FRONT_DESK_CHOICES = ['off', 'chat', 'all'] as const
export interface PracticeChoice {
  pace: Pace
  /** Which channels the front desk answers first. */
  frontDesk: (typeof FRONT_DESK_CHOICES)[number]
  language: (typeof CUSTOMER_LANGUAGES)[number]
}

/** The practice centre's own small memory: scripts under way and each person's choices. */
export interface PracticeMemory {
  scripts(): RememberedScript[]
  keep(script: RememberedScript): void
  forget(conversationId: string): void
  choice(personId: string): PracticeChoice
  choose(personId: string, choice: PracticeChoice): void
  close(): void
}

const TABLES = `
  create table if not exists script (
    conversationId text primary key, scenarioId text not null, channel text not null, personId text not null,
    step integer not null, nudged integer not null, begun integer not null
  ) strict;
  create table if not exists choice (personId text primary key, pace text not null, language text not null) strict;
  create table if not exists front_desk_choice (personId text primary key, choice text not null) strict;
`

export function createMemory(db: Db): PracticeMemory {
  db.exec(TABLES)
  return {
    scripts: () =>
      db
        .all<Omit<RememberedScript, 'nudged' | 'begun'> & { nudged: number; begun: number }>('select * from script')
        .map((row) => ({ ...row, nudged: row.nudged === 1, begun: row.begun === 1 })),
    keep: (script) =>
      void db.run(
        'insert or replace into script (conversationId, scenarioId, channel, personId, step, nudged, begun) values (?, ?, ?, ?, ?, ?, ?)',
        script.conversationId,
        script.scenarioId,
        script.channel,
        script.personId,
        script.step,
        Number(script.nudged),
        Number(script.begun)
      ),
    forget: (conversationId) => void db.run('delete from script where conversationId = ?', conversationId),
    choice(personId) {
      const row = db.get<{ pace: string; language: string }>('select pace, language from choice where personId = ?', personId)
      const desk = db.get<{ choice: string }>('select choice from front_desk_choice where personId = ?', personId)
      return {
        pace: PACES.find((one) => one === row?.pace) ?? 'normal',
        language: CUSTOMER_LANGUAGES.find((one) => one === row?.language) ?? 'follow',
        frontDesk: FRONT_DESK_CHOICES.find((one) => one === desk?.choice) ?? 'chat'
      }
    },
    choose: (personId, choice) =>
      db.transaction(() => {
        db.run('insert or replace into choice (personId, pace, language) values (?, ?, ?)', personId, choice.pace, choice.language)
        db.run('insert or replace into front_desk_choice (personId, choice) values (?, ?)', personId, choice.frontDesk)
      }),
    close: () => db.close()
  }
}
