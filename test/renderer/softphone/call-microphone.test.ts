import { describe, expect, it } from 'vitest'
import type { Taken } from '../../../src-renderer/softphone/media/microphone.ts'
import { accept } from '../../../src-renderer/softphone/sip/incoming.ts'
import { gate, type Leg, type LineParts, newLeg, release, takeMicrophone } from '../../../src-renderer/softphone/sip/leg.ts'

/** A microphone that opens when the test says so. */
function slowMicrophone() {
  const opened: { track: { enabled: boolean }; released: boolean }[] = []
  const waiting: (() => void)[] = []
  const take = () =>
    new Promise<Taken>((resolve) =>
      waiting.push(() => {
        const one = { track: { enabled: true }, released: false }
        opened.push(one)
        // Only its tracks are looked at.
        const stream = { getAudioTracks: () => [one.track] } as unknown as MediaStream
        const release = () => {
          one.released = true
        }
        resolve({ stream, release })
      })
    )
  // Taking a microphone asks nothing else of the line.
  const line = { microphone: { take }, account: {}, legs: new Map() } as unknown as LineParts
  const open = () => {
    for (const one of waiting.splice(0)) one()
  }
  return { line, opened, open }
}

describe('the microphone of a call', () => {
  it('is one, however many ask for it while it opens: what is muted and closed is what the far end hears', async () => {
    const { line, opened, open } = slowMicrophone()
    const leg = newLeg('a', 0)
    const both = Promise.all([takeMicrophone(line, leg), takeMicrophone(line, leg)])
    open()
    await both
    leg.open = true
    gate(leg)
    expect(opened.map((one) => one.track.enabled)).toEqual([true])
    release(leg)
    expect(opened.map((one) => one.released)).toEqual([true])
  })

  it('can be tried again after it would not open', async () => {
    const { line, opened, open } = slowMicrophone()
    const leg = newLeg('a', 0)
    const broken = { ...line, microphone: { ...line.microphone, take: () => Promise.reject(new Error('busy')) } }
    await expect(takeMicrophone(broken, leg)).rejects.toThrow('busy')
    const again = takeMicrophone(line, leg)
    open()
    await again
    expect(opened).toHaveLength(1)
  })

  it('is not prepared any more for a call that is being answered', async () => {
    const { line, opened, open } = slowMicrophone()
    const answers: unknown[] = []
    const leg: Leg = newLeg('a', 0)
    // Answering looks at the request and says yes, nothing else.
    leg.session = {
      request: { getHeader: () => undefined },
      accept: async (how: unknown) => void answers.push(how)
    } as unknown as NonNullable<Leg['session']>
    const answering = accept(line, leg)
    expect(leg.preparing).toBeDefined()
    await Promise.resolve()
    await Promise.resolve()
    open()
    await answering
    expect([opened.length, answers.length]).toEqual([1, 1])
  })
})
