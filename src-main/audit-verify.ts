import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { verifyAudit } from './audit/audit.ts'
import { readKey } from './host/key-file.ts'
import { openDatabase } from './sqlite/sqlite.ts'

/** `npm run audit:verify -- --data DIR`: goes through the audit trail of a web host's data folder. Ends with 1 when it is broken. */

function main(): void {
  const { values } = parseArgs({ options: { data: { type: 'string' } } })
  if (!values.data) throw new Error('usage: npm run audit:verify -- --data DIR')
  const dir = resolve(values.data)
  const file = join(dir, 'key')
  if (!existsSync(file)) throw new Error(`${dir} is not the data folder of a web host: it holds no key.`)
  const key = readKey(file, readFileSync(file, 'utf8'))
  const db = openDatabase(join(dir, 'audit.db'), key, { mustExist: true, readonly: true })
  const verdict = verifyAudit(db, key)
  db.close()
  if ('brokenAt' in verdict) {
    console.error(
      `The audit trail is broken at entry ${verdict.brokenAt}: ${verdict.why === 'missing' ? 'an entry is missing' : 'an entry was changed'}.`
    )
    process.exitCode = 1
  } else console.log(`The audit trail is whole: ${verdict.entries} entries, head ${verdict.head}.`)
}

try {
  main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}
