import { openDesk } from '../../../src-main/desk/desk.ts'
import { KEY, person } from '../../build/desk.ts'
import { dialogRecord } from '../../build/phone.ts'
import { scriptedDeskAi } from '../../fakes/ai.ts'

/** Enters commands (or saves dialogs) as fast as it can and says each id (or round) once it was acknowledged. It never ends by itself: it is killed. */
const [, , dir = '', what] = process.argv
const desk = openDesk({
  person: person(),
  deskId: 'agent-lin',
  dir,
  key: KEY,
  ai: scriptedDeskAi(),
  now: Date.now,
  host: 'web',
  log: { write: () => {} },
  line: { open: () => ({ close: () => {} }), send: () => Promise.reject(new Error('no line')) }
})
process.stdout.write('ready\n')
for (let n = 0; ; n++) {
  if (what === 'dialogs') {
    // Odd rounds have two calls up, even ones none: what is saved is replaced as a whole.
    desk.phone.saveDialogs(n % 2 === 0 ? [] : [dialogRecord(`${n} a`), dialogRecord(`${n} b`)])
    process.stdout.write(`${n}\n`)
    continue
  }
  const id = desk.commands.enter('note.add', { conversationId: 'c1', entryId: `entry-${process.pid}-${n}`, text: `note ${n}` })
  process.stdout.write(`${id}\n`)
  if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
}
