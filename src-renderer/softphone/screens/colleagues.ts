import type { ColleagueRow } from '../../../src-shared/contract/calls.ts'

/** Others than me, by a part of their name in any language or of their extension; those who are available first. */
export function findColleagues(rows: readonly ColleagueRow[], me: string, text: string): ColleagueRow[] {
  const words = text.trim().toLowerCase()
  const fits = (row: ColleagueRow) =>
    words === '' || row.extension.includes(words) || Object.values(row.name).some((name) => name.toLowerCase().includes(words))
  const free = (row: ColleagueRow) => (row.presence === 'available' ? 0 : row.presence === 'offline' ? 2 : 1)
  return rows.filter((row) => row.personId !== me && fits(row)).toSorted((a, b) => free(a) - free(b))
}
