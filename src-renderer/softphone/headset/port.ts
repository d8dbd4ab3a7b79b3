/**
 * A headset with buttons, as the phone speaks with it. A driver is one way to reach headsets: the libraries of some makers, or plain USB
 * telephony. It tells presses only, never the echo of what it was told; what fails is told as data, nothing here rejects.
 */
export interface HeadsetDriver {
  /** Can it drive the headset whose microphone has this label? */
  suits(label: string): Promise<boolean>
  /**
   * Takes hold of the headset. Only asks for a permission when `asks` is set: that must be in the click of a button (WebHID 6.1).
   */
  connect(label: string, asks: boolean): Promise<HeadsetStatus>
  tell(order: HeadsetOrder): Promise<void>
  disconnect(): Promise<void>
}

/**
 * none -> connecting -> connected -> (pulled out) none
 *              |-> unpermitted: a button must be pressed so that the browser may ask
 *              '-> failed
 */
export type HeadsetStatus =
  | { state: 'none' }
  | { state: 'connecting'; name: string }
  | { state: 'connected'; name: string }
  | { state: 'unpermitted'; name: string }
  | { state: 'failed'; name: string; detail: string }

/** What a headset is told about calls; its rings, lamps and hook follow. */
export type HeadsetOrder =
  | { type: 'ring'; callId: string; name: string }
  /** It rings no more and was not answered. */
  | { type: 'stop-ring'; callId: string }
  /** `how`: it rang and was answered, it answered itself or was taken back without a ring, or was dialled here. */
  | { type: 'off-hook'; callId: string; how: 'rung' | 'unrung' | 'dialled' }
  /** `last`: nobody is on the line any more. */
  | { type: 'on-hook'; callId: string; last: boolean }
  | { type: 'mute'; on: boolean }
  | { type: 'hold'; callId: string; on: boolean }

/** What somebody did with a headset. */
export type HeadsetPress =
  | { type: 'answer' }
  | { type: 'hang-up' }
  | { type: 'reject' }
  | { type: 'mute'; on: boolean }
  | { type: 'hold'; on: boolean }

export interface HeadsetEvents {
  press(press: HeadsetPress): void
  status(status: HeadsetStatus): void
}
/** Makes a driver that tells its news to `events`. */
export type OpenHeadsetDriver = (events: HeadsetEvents) => HeadsetDriver
