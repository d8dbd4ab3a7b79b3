import { tone } from '../../../../src-main/practice/pbx/ulaw.ts'
import { RecordingError } from '../../../../src-main/practice/recordings/errors.ts'
import { openRecordings } from '../../../../src-main/practice/recordings/recordings.ts'
import { newId } from '../../../../src-shared/ids.ts'

/** Records into argv[2] with the key argv[3] and says so after each second of audio, until it is killed or the disk takes no more. */
const recordings = openRecordings({
  dir: process.argv[2] ?? '',
  key: Buffer.from(process.argv[3] ?? '', 'hex'),
  now: Date.now,
  newId,
  log: (line) => process.stderr.write(`${line}\n`)
})
const recording = recordings.begin({ callId: 'call-7', conversationId: 'conversation-7', user: 'agent-lin' })
const voice = tone(500, 20, 0.5)
process.stdout.write(`${recording.recordingId}\n`)
const write = (): void => {
  try {
    for (let i = 0; i < 50; i++) {
      recording.heard(voice)
      recording.tick(voice)
    }
  } catch (error) {
    process.stdout.write(`${error instanceof RecordingError ? error.kind : String(error)}\n`)
    return
  }
  process.stdout.write(`${recording.ms}\n`)
  setImmediate(write)
}
write()
