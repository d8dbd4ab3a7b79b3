import { readFileSync } from 'node:fs'

export type EvaluationErrorCode =
  | 'unknown-task'
  | 'no-file'
  | 'not-text'
  | 'empty'
  | 'missing-column'
  | 'bad-row'
  | 'bad-value'
  | 'unknown-labels'
  | 'one-sided'

/** What is wrong with a file or an order, in one sentence that says where. */
export class EvaluationError extends Error {
  readonly code: EvaluationErrorCode

  constructor(code: EvaluationErrorCode, detail: string) {
    super(detail)
    this.name = 'EvaluationError'
    this.code = code
  }
}

export type Row<Column extends string> = Readonly<Record<Column, string>> & { readonly line: number }

/**
 * Reads a tab-separated file with a header line (UTF-8, no quoting). Only the named columns are kept, in any order.
 *
 * @throws EvaluationError `no-file`, `not-text`, `empty`, `missing-column`, `bad-row` (a line with too few columns)
 */
export function readTable<Column extends string>(path: string, columns: readonly Column[]): Row<Column>[] {
  const text = readText(path)
  const lines = text.split(/\r?\n/)
  const header = (lines[0] ?? '').split('\t').map((name) => name.trim())
  const missing = columns.filter((column) => !header.includes(column))
  if (text.trim() === '') throw new EvaluationError('empty', `${path} is empty.`)
  if (missing.length > 0)
    throw new EvaluationError(
      'missing-column',
      `${path} has no column ${missing.map((name) => `"${name}"`).join(', ')}; it has: ${header.join(', ')}.`
    )
  const places = columns.map((column) => header.indexOf(column))
  const rows: Row<Column>[] = []
  lines.slice(1).forEach((content, i) => {
    if (content.trim() === '') return
    const cells = content.split('\t')
    const line = i + 2
    if (cells.length <= Math.max(...places))
      throw new EvaluationError('bad-row', `${path}, line ${line}: ${cells.length} of ${header.length} columns.`)
    // Each named column has just been found in the row.
    rows.push({ ...Object.fromEntries(columns.map((column, c) => [column, cells[places[c] ?? 0] ?? ''])), line } as Row<Column>)
  })
  if (rows.length === 0) throw new EvaluationError('empty', `${path} has a header, but no rows.`)
  return rows
}

/** The names in a table's header line. */
export function columnsOf(path: string): string[] {
  return (readText(path).split(/\r?\n/, 1)[0] ?? '').split('\t').map((name) => name.trim())
}

function readText(path: string): string {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw new EvaluationError('no-file', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) throw new EvaluationError('not-text', `${path} is not UTF-8 text.`)
    throw error
  }
}
