import { expect, test } from 'vitest'
import { CallLogError, readCallLog } from '../../../src-main/simulation/call-log.ts'
import { DemandError, demandFromLog, demandFromProfile, staffedBy } from '../../../src-main/simulation/demand.ts'

const HEADER = ['type', 'date', 'vru_exit', 'q_time', 'outcome', 'ser_time', 'server'].join('\t')
const row = (type = 'PS', at = '9:00:10', waited = '5', outcome = 'AGENT', served = '120', server = 'ANNA', date = '990301') =>
  [type, date, at, waited, outcome, served, server].join('\t')
const logOf = (...rows: string[]) => readCallLog([HEADER, ...rows].join('\r\n'))

test('a call is read with its wait, its service and who served it', () => {
  const { calls, setAside } = logOf(row(), row('NW', '10:30:00', '61', 'HANG', '0', 'NO_SERVER'))
  expect(calls).toEqual([
    { date: '990301', type: 'PS', second: 32_410, waitSeconds: 5, answered: true, server: 'ANNA', serviceSeconds: 120 },
    { date: '990301', type: 'NW', second: 37_800, waitSeconds: 61, answered: false }
  ])
  expect(setAside).toEqual([])
})

test('what cannot be used is set aside, with the reason and the first line', () => {
  const { calls, setAside } = logOf(
    row(),
    row('PS', '9:00:10', '5', 'PHANTOM'),
    row('PS', '25:00:10'),
    row('PS', '9:00:10', '-3'),
    row('PS', '9:00:10', '5', 'LOST'),
    row('PS', '9:00:10', '5', 'AGENT', '0'),
    row('PS', '9:00:10', '5', 'AGENT', '90', 'NO_SERVER')
  )
  expect(calls).toHaveLength(3)
  expect(setAside.map(({ reason, rows, firstLine }) => [reason.split(' ')[0], rows, firstLine])).toEqual([
    ['phantom', 1, 3],
    ['date', 1, 4],
    ['waiting', 1, 5],
    ['outcome', 1, 6],
    ['answered,', 1, 7],
    ['answered,', 1, 8]
  ])
})

test('a file that is no call log is refused with what is missing', () => {
  expect(() => readCallLog('a\tb\n1\t2')).toThrow(CallLogError)
  expect(() => readCallLog('a\tb\n1\t2')).toThrow(/vru_exit/u)
  expect(() => readCallLog(HEADER)).toThrow(/no row/u)
})

const fullDay = Array.from({ length: 16 }, (_, i) => `${i + 7}`).flatMap((hour) => [
  row('PS', `${hour}:10:00`, '20', 'AGENT', '100', 'ANNA'),
  row('PS', `${hour}:12:00`, '40', 'AGENT', '100', 'BEN'),
  row('NW', `${hour}:20:00`, '60', 'HANG', '0', 'NO_SERVER')
])

test('staffing counts who served in an hour; closed hours, outages and short days are set aside', () => {
  const outage = Array.from({ length: 9 }, () => row('PS', '13:40:00', '1', 'HANG', '0', 'NO_SERVER'))
  const { demand, observed, setAside } = demandFromLog(
    logOf(
      ...fullDay,
      ...outage,
      row('PS', '3:00:00', '30', 'HANG', '0', 'NO_SERVER'),
      row('PS', '9:00:00', '1', 'AGENT', '50', 'ANNA', '990302')
    ),
    'empirical'
  )
  expect(demand.days).toHaveLength(1)
  expect(demand.days[0]?.staff).toEqual(Array.from({ length: 24 }, (_, hour) => (hour >= 7 && hour < 23 ? 2 : 0)))
  expect(observed.calls).toBe(48)
  expect(observed.asaSeconds).toBe(30)
  expect(observed.types).toEqual({ PS: 2 / 3, NW: 1 / 3 })
  expect(setAside.map(({ rows }) => rows)).toEqual([1, 9, 1])
})

test('a table gives calls and people an hour, another one replaces the people', () => {
  const demand = demandFromProfile('hour\tcalls\tagents\n9\t30\t2\n10\t40.5\t3', 1000, 1000)
  expect(demand.days[0]?.perHour?.slice(9, 12)).toEqual([30, 40.5, 0])
  expect(staffedBy(demand, 'hour\tagents\n9\t7').days[0]?.staff.slice(8, 12)).toEqual([0, 7, 0, 0])
})

test('a table that cannot be read is refused with the line', () => {
  expect(() => demandFromProfile('hour\tcalls\n9\t30', 1, 1)).toThrow(DemandError)
  expect(() => demandFromProfile('hour\tcalls\tagents\n9\tmany\t2', 1, 1)).toThrow(/line 2/u)
  expect(() => demandFromProfile('hour\tcalls\tagents\n9\t1\t2\n9\t1\t2', 1, 1)).toThrow(/line 3/u)
  expect(() => demandFromProfile('hour\tcalls\tagents\n9\t1\t0', 1, 1)).toThrow(/nobody/u)
})
