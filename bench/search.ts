import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, openDatabase } from '../src-main/sqlite/sqlite.ts'
import { migrate } from '../src-main/store/migrate.ts'
import { DESK_MIGRATIONS } from '../src-main/store/migrations/desk.ts'
import { firstRowOf } from '../src-main/store/projections/time-row.ts'
import { find } from '../src-main/store/queries/search.ts'
import { queryOf, tokensOf } from '../src-main/store/search/tokens.ts'
import { createCorpus, percentile } from './corpus.ts'
import type { BenchRow } from './row.ts'

const ROWS = Number(process.env['BENCH_SEARCH_ROWS'] ?? 1_000_000)
const LIMIT = 30
const START = 1_600_000_000_000

/** What people type on the way to a word, and whole ones: both languages, one character to several words. */
const TYPED = [
  '余',
  '余额',
  '信用卡',
  '信用卡转账',
  '餘額',
  '转',
  '验证码',
  '合同 客户',
  '谢谢',
  '投诉',
  'ca',
  'car',
  'card',
  'bal',
  'balance',
  'inv',
  'invoice',
  'mortgage rate',
  'insurance cl',
  'custom',
  'bran',
  '4821',
  '77',
  'zzznothing',
  '龘龘',
  'card 4821',
  'transfer please',
  '理赔 99',
  'pol',
  'thank'
] as const

function fill(db: Db): void {
  const corpus = createCorpus()
  const conversations = Math.max(1, Math.round(ROWS / 40))
  db.transaction(() => {
    for (let i = 0; i < Math.min(5_000, conversations); i++) {
      db.run(
        'insert into customer (rowId, customerId, name, phone, json) values (?, ?, ?, ?, ?)',
        i + 1,
        `u${i}`,
        `Customer ${i}`,
        '',
        '{"products":[]}'
      )
      db.run('insert into customer_search (rowid, tokens) values (?, ?)', i + 1, tokensOf(`Customer ${i}`))
    }
    for (let i = 0; i < conversations; i++) {
      const rowId = firstRowOf(START + i * 28_000)
      const reason = corpus.message().slice(0, 60)
      db.run(
        `insert into conversation (rowId, conversationId, customerId, channel, queue, language, reason, state, openedAt) values (?, ?, ?, 'chat', 'cards', 'en', ?, 'closed', ?)`,
        rowId,
        `c${i}`,
        `u${i % 5_000}`,
        reason,
        START + i * 28_000
      )
      db.run('insert into conversation_search (rowid, tokens) values (?, ?)', rowId, tokensOf(reason))
    }
  })
  for (let from = 0; from < ROWS; from += 20_000)
    db.transaction(() => {
      for (let i = from; i < Math.min(ROWS, from + 20_000); i++) {
        const text = corpus.message()
        const conversation = Math.floor(i / 40)
        const rowId = firstRowOf(START + i * 700)
        db.run(
          `insert into entry (rowId, entryId, conversationId, customerId, deskSeq, kind, speaker, text, at) values (?, ?, ?, ?, ?, 'message', 'customer', ?, ?)`,
          rowId,
          `e${i}`,
          `c${conversation}`,
          `u${conversation % 5_000}`,
          i + 1,
          text,
          START + i * 700
        )
        db.run('insert into entry_search (rowid, tokens) values (?, ?)', rowId, tokensOf(text))
      }
    })
}

/** The least one could do: the newest messages that match, joined with their text. */
const BARE =
  'select e.entryId, e.conversationId, e.text, e.at from entry_search s join entry e on e.rowId = s.rowid where entry_search match ? order by s.rowid desc limit ?'

/** Search over all a desk has, as p95 of the time for one typed text, against the bare full-text query for the same. */
export async function run(): Promise<BenchRow[]> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-search-'))
  try {
    const db = openDatabase(join(dir, 'desk.db'), Buffer.alloc(32, 5), { cacheKib: 65_536 })
    migrate(db, DESK_MIGRATIONS)
    fill(db)
    const ours: number[] = []
    const theirs: number[] = []
    const timed = (into: number[], work: () => void): void => {
      const startedAt = performance.now()
      work()
      into.push(performance.now() - startedAt)
    }
    for (let round = 0; round < 21; round++)
      for (const typed of TYPED) {
        const query = queryOf(typed) ?? ''
        // The first round warms both; after it they take turns at going first.
        const both = [() => timed(ours, () => find(db, typed, LIMIT)), () => timed(theirs, () => db.all(BARE, query, LIMIT))]
        for (const one of round % 2 === 0 ? both : both.toReversed()) one()
        if (round === 0) ours.length = theirs.length = 0
      }
    db.close()
    const value = percentile(ours, 0.95)
    const baseline = percentile(theirs, 0.95)
    return [{ name: 'search', value, unit: 'ms p95', baseline, ratio: value / baseline, goal: 'ratio <= 1.5', ok: value / baseline <= 1.5 }]
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
