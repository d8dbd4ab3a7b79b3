import type { DialogRecord } from '../../src-shared/contract/phone.ts'

/** An established dialog as the phone's page saves it. */
export const dialogRecord = (callId: string, change: Partial<DialogRecord> = {}): DialogRecord => ({
  callId,
  localTag: 'l1',
  remoteTag: 'r1',
  localUri: 'sip:agent-lin@practice.invalid',
  remoteUri: 'sip:+12025550101@practice.invalid',
  remoteTarget: 'sip:pbx@127.0.0.1:5999;transport=ws',
  routeSet: [],
  localSeq: 2,
  direction: 'in',
  name: 'Ada',
  number: '+12025550101',
  state: 'up',
  answeredAt: 1_700_000_000_000,
  muted: false,
  conferenced: false,
  savedAt: 1_700_000_000_000,
  ...change
})
