import type { PhoneAccount } from '../../../src-shared/contract/phone.ts'
import type { Account } from '../call/line.ts'
import type { PhoneSetup } from '../port/port.ts'

/** What of an account screens may know: no addresses, no secrets. */
export function setupOf({
  source,
  lines,
  park,
  echoNumber,
  recorder,
  country,
  outsidePrefix,
  displayName,
  user,
  transcriber
}: PhoneAccount): PhoneSetup {
  return {
    source,
    lines,
    park,
    echoNumber,
    recorder,
    country,
    outsidePrefix,
    displayName,
    user,
    transcribes: transcriber.protocol !== 'off'
  }
}

/** The account as the line wants it. */
export function lineAccount({ iceServers, autoAnswer, ...rest }: PhoneAccount): Account {
  return {
    ...rest,
    autoAnswer: { headers: autoAnswer.headers },
    iceServers: iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username === undefined ? {} : { username }),
      ...(credential === undefined ? {} : { credential })
    }))
  }
}
