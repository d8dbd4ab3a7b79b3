import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type Baresip, type BaresipOptions, startBaresip } from '../peers/baresip.ts'
import { type Linphone, type LinphoneOptions, startLinphone } from '../peers/linphone.ts'
import type { Media } from '../peers/sdp.ts'
import { type Sipp, type SippOptions, startSipp } from '../peers/sipp.ts'
import { type Lab, openLab } from './lab.ts'
import { type Softphone, type SoftphoneOptions, type Softphones, startBrowser } from './softphone.ts'

/** Lab, browser and peers of one test file; peers and phones go with the test that asked for them. */
export interface Stage {
  readonly lab: Lab
  phone(options?: SoftphoneOptions): Promise<Softphone>
  sipp(write: (media: Media) => string, options?: SippOptions): Promise<Sipp>
  baresip(options?: BaresipOptions): Promise<Baresip>
  linphone(options?: LinphoneOptions): Promise<Linphone>
  /** A call of `peer` that this phone has answered; both are heard. Gives its id. */
  answered(phone: Softphone, peer: Sipp, nth?: number): Promise<string>
}

/** Call once at the top of a test file. */
export function setStage(): Stage {
  let lab: Lab | undefined
  let browser: Softphones | undefined
  const phones: Softphone[] = []
  const peers: { stop(): Promise<void> }[] = []
  const there = <T>(what: T | undefined): T => {
    if (what === undefined) throw new Error('the lab is open inside tests only')
    return what
  }
  const keep = <T extends { stop(): Promise<void> }>(peer: T): T => {
    peers.push(peer)
    return peer
  }

  beforeAll(async () => {
    lab = await openLab()
    browser = await startBrowser(lab)
  })
  afterEach(async ({ task }) => {
    const faults: string[] = []
    for (const phone of phones.splice(0)) {
      if (task.result?.state === 'fail') console.error(`--- ${task.name}\n${await ladder(phone)}`)
      faults.push(...(await phone.faults()))
      await phone.close()
    }
    await Promise.all(peers.splice(0).map((peer) => peer.stop()))
    lab?.cable.mend()
    expect(faults).toEqual([])
  })
  afterAll(() => lab?.close())

  return {
    get lab() {
      return there(lab)
    },
    async phone(options) {
      const phone = await there(browser).open(options)
      phones.push(phone)
      return phone
    },
    sipp: async (write, options) => keep(await startSipp(there(lab), write, options)),
    baresip: async (options) => keep(await startBaresip(there(lab), options)),
    linphone: async (options) => keep(await startLinphone(there(lab), options)),
    async answered(phone, peer, nth = 1) {
      const call = await phone.rings(nth)
      await phone.send({ type: 'accept', callId: call })
      await phone.becomes(call, 'up')
      await phone.hears(call, peer.hz)
      return call
    }
  }
}

/** The first lines of all messages of a phone, for the reader of a failed test. */
async function ladder(phone: Softphone): Promise<string> {
  const frames = await phone.frames()
  const first = frames[0]?.at ?? 0
  return frames
    .map(
      ({ at, sent, text }) =>
        `${String(at - first).padStart(6)} ${sent ? '->' : '<-'} ${text.split('\r\n')[0]}  ${/^CSeq:.*$/im.exec(text)?.[0] ?? ''}`
    )
    .slice(-60)
    .join('\n')
}
