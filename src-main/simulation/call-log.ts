/**
 * Reads a call-by-call log: one row a call, tab-separated, with the columns of {@link COLUMNS} in any order. Logs have faults; what cannot
 * be used is set aside and counted by reason, never guessed.
 */
export interface LoggedCall {
  /** Day as the log writes it, yymmdd. */
  date: string
  /** What the caller came for, as the log codes it. */
  type: string
  /** When the call asked for a person, seconds of the day. */
  second: number
  /** Seconds in the queue until answered or hung up. */
  waitSeconds: number
  answered: boolean
  /** Seconds a person served it; absent when not answered, or not usable. */
  serviceSeconds?: number
  /** Who served it. */
  server?: string
}

/** Rows that were not used, or not for everything. */
export interface SetAside {
  reason: string
  rows: number
  /** The first of them, counted from 1 with the header. */
  firstLine: number
}

export interface CallLog {
  calls: LoggedCall[]
  setAside: SetAside[]
}

/** The file is no call log at all. */
export class CallLogError extends Error {}

const COLUMNS = ['type', 'date', 'vru_exit', 'q_time', 'outcome', 'ser_time', 'server'] as const
const DAY_SECONDS = 86_400

/** @throws CallLogError when a column is missing or nothing in it can be used */
export function readCallLog(text: string): CallLog {
  const [header = '', ...lines] = text.replace(/^\uFEFF/u, '').split(/\r?\n/u)
  const names = header.split('\t').map((name) => name.trim())
  const missing = COLUMNS.filter((name) => !names.includes(name))
  if (missing.length > 0) throw new CallLogError(`no call log: column ${missing.join(', ')} is missing`)
  const place = Object.fromEntries(COLUMNS.map((name) => [name, names.indexOf(name)]))
  const aside = new Map<string, SetAside>()
  const calls: LoggedCall[] = []
  lines.forEach((line, i) => {
    if (line.trim() === '') return
    const cells = line.split('\t')
    const put = (reason: string) => {
      const known = aside.get(reason)
      if (known) known.rows += 1
      else aside.set(reason, { reason, rows: 1, firstLine: i + 2 })
    }
    const call = readCall((name) => cells[place[name] ?? -1]?.trim() ?? '', put)
    if (call) calls.push(call)
  })
  if (calls.length === 0) throw new CallLogError('no call log: no row can be used')
  return { calls, setAside: [...aside.values()].sort((a, b) => b.rows - a.rows) }
}

function readCall(cell: (name: (typeof COLUMNS)[number]) => string, put: (reason: string) => void): LoggedCall | undefined {
  const outcome = cell('outcome')
  const date = cell('date')
  const second = secondOf(cell('vru_exit'))
  const waitSeconds = whole(cell('q_time'))
  const serviceSeconds = whole(cell('ser_time'))
  const server = cell('server')
  if (outcome === 'PHANTOM') return void put('phantom call, as the log says')
  if (outcome !== 'AGENT' && outcome !== 'HANG') return void put('outcome is neither AGENT nor HANG')
  if (!/^\d{6}$/u.test(date) || second === undefined) return void put('date or time of day cannot be read')
  if (waitSeconds === undefined || waitSeconds > DAY_SECONDS) return void put('waiting time cannot be read')
  const call: LoggedCall = { date, type: cell('type'), second, waitSeconds, answered: outcome === 'AGENT' }
  if (!call.answered) return call
  if (server !== '' && server !== 'NO_SERVER') call.server = server
  else put('answered, but by nobody named: counts for no staffing')
  if (serviceSeconds !== undefined && serviceSeconds > 0 && serviceSeconds <= DAY_SECONDS / 4) call.serviceSeconds = serviceSeconds
  else put('answered, but without a usable service time: counts for no service times')
  return call
}

const whole = (text: string): number | undefined => (/^\d{1,6}$/u.test(text) ? Number(text) : undefined)

function secondOf(text: string): number | undefined {
  const found = /^(\d{1,2}):(\d{2}):(\d{2})$/u.exec(text)
  if (!found) return undefined
  const [hours, minutes, seconds] = found.slice(1).map(Number)
  const second = (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)
  return second < DAY_SECONDS ? second : undefined
}
