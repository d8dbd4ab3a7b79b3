import { describe, expect, it } from 'vitest'
import { recordingOf } from '../../../src-renderer/softphone/screens/recorder.ts'
import type { ConversationView } from '../../../src-shared/contract/conversation.ts'

type CallView = NonNullable<ConversationView['call']>
const call = (recording: CallView['recording'], gaps: CallView['gaps'] = []): CallView => ({
  callId: 'a',
  state: 'up',
  digits: '',
  direction: 'in',
  gaps,
  ...(recording ? { recording } : {})
})

describe('what is recorded', () => {
  it('is nothing that is known, without a word of a recorder', () => {
    expect(recordingOf('centre', undefined, undefined)).toEqual({ state: 'none' })
    expect(recordingOf('centre', call(undefined), undefined)).toEqual({ state: 'none' })
    expect(recordingOf('none', call(undefined), undefined)).toEqual({ state: 'none' })
  })

  it('is the centre’s word, and a wish stays a wish', () => {
    expect(recordingOf('centre', call({ state: 'on', asked: 'pause' }), undefined)).toMatchObject({ state: 'on', asked: 'pause' })
    const paused = call({ state: 'paused', until: 90, reason: 'payment' }, [
      { from: 5, to: 8, reason: 'personal' },
      { from: 30, reason: 'payment' }
    ])
    expect(recordingOf('centre', paused, undefined)).toMatchObject({ state: 'paused', until: 90, since: 30 })
  })

  it('is the PBX’s own answer where the phone asks it directly', () => {
    expect(recordingOf('info', call({ state: 'on' }), { state: 'paused', until: 9, reason: 'request' })).toMatchObject({
      state: 'paused',
      until: 9
    })
    expect(recordingOf('centre', call({ state: 'on' }), { state: 'paused' })).toMatchObject({ state: 'on' })
  })
})
