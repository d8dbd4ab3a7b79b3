import type { ReadinessCause } from '../../src-shared/contract/phone.ts'

/** Whether this seat's phone is proven ready. */
export interface Readiness {
  /** What the phone's page says, at every change and from time to time. */
  heard(told: { ready: boolean; cause?: ReadinessCause | undefined }): void
}

export function createReadiness(): Readiness {
  return { heard: () => {} }
}
