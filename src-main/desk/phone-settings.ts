import type { z } from 'zod'
import { CODECS, type PhoneAccount, type PhoneSettings, type PhoneSettingsInput } from '../../src-shared/contract/phone.ts'
import { RefusalError } from '../../src-shared/errors.ts'
import type { StoredPhoneSettings } from '../store/own/phone.ts'

/** How the built-in telephone system is reached from one seat. */
export interface SeatAccount {
  servers: readonly string[]
  domain: string
  user: string
  secret: string
  displayName: string
}

/** Where the built-in system sends back what it hears. */
const PRACTICE_ECHO = '600'

/** What a seat starts with: the built-in telephone system, and what most PBXs understand. */
export const FRESH_PHONE: StoredPhoneSettings = {
  source: 'practice',
  servers: [],
  domain: '',
  user: '',
  authUser: '',
  displayName: '',
  codecs: [...CODECS],
  dtmf: 'rfc4733',
  conversationHeader: 'User-to-User',
  sessionExpiresS: 1_800,
  lines: 3,
  autoAnswer: { headers: true, queues: [] },
  park: { park: '*70', retrieve: '*71' },
  echoNumber: '',
  recorder: 'none',
  country: 'GB',
  outsidePrefix: '',
  transcriber: { protocol: 'off', url: '' },
  secret: '',
  iceServers: []
}

/** All that the softphone needs. The built-in system says itself how it is reached, parks and records. */
export function accountOf(seat: SeatAccount, stored: StoredPhoneSettings): z.infer<typeof PhoneAccount> {
  const { secret = '', iceServers, ...own } = stored
  if (own.source === 'own')
    return { ...own, secret, iceServers: iceServers.map(({ urls, username, credential }) => iceServer(urls, username, credential)) }
  return {
    ...own,
    servers: [...seat.servers],
    domain: seat.domain,
    user: seat.user,
    authUser: '',
    displayName: seat.displayName,
    secret: seat.secret,
    iceServers: [],
    conversationHeader: FRESH_PHONE.conversationHeader,
    park: FRESH_PHONE.park,
    echoNumber: PRACTICE_ECHO,
    recorder: 'centre',
    outsidePrefix: ''
  }
}

/** The same for people to look at: no secret is in it. */
export function withoutSecrets({ secret, iceServers, ...rest }: StoredPhoneSettings): z.infer<typeof PhoneSettings> {
  return {
    ...rest,
    hasSecret: (secret ?? '') !== '',
    iceServers: iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username === undefined ? {} : { username }),
      hasCredential: (credential ?? '') !== ''
    }))
  }
}

/**
 * What is kept after a change: a secret that was not told stays, an empty one is forgotten.
 *
 * @throws {RefusalError} `invalid` with the field, for what no schema sees.
 */
export function changedSettings(before: StoredPhoneSettings, input: PhoneSettingsInput): StoredPhoneSettings {
  expectUsable(input)
  const known = new Map(before.iceServers.map((one) => [`${one.urls} ${one.username ?? ''}`, one.credential]))
  return {
    ...input,
    secret: input.secret ?? before.secret ?? '',
    iceServers: input.iceServers.map(({ urls, username, credential }) =>
      iceServer(urls, username, credential ?? known.get(`${urls} ${username ?? ''}`))
    )
  }
}

const iceServer = (urls: string, username: string | undefined, credential: string | undefined) => ({
  urls,
  ...(username === undefined ? {} : { username }),
  ...(credential === undefined || credential === '' ? {} : { credential })
})

function expectUsable({ servers, codecs, transcriber, iceServers }: PhoneSettingsInput): void {
  servers.forEach((server, place) => {
    if (sourceOf(server) === undefined) throw new RefusalError('invalid', `${server} is no address of a server`, `servers.${place}`)
    if (servers.indexOf(server) !== place) throw new RefusalError('invalid', `${server} is named twice`, `servers.${place}`)
  })
  if (codecs.length === 0) throw new RefusalError('invalid', 'a call needs a codec', 'codecs')
  if (new Set(codecs).size !== codecs.length) throw new RefusalError('invalid', 'a codec is named twice', 'codecs')
  if (transcriber.url !== '' && sourceOf(transcriber.url) === undefined)
    throw new RefusalError('invalid', `${transcriber.url} is no address of a recogniser`, 'transcriber.url')
  iceServers.forEach(({ urls, username }, place) => {
    if (/^turns?:/i.test(urls) && (username ?? '') === '')
      throw new RefusalError('invalid', 'a TURN server wants a user name (RFC 8656)', `iceServers.${place}.username`)
  })
}

/** What a page's security policy has to name so that it may speak to this address; `undefined` for what is no such address. */
export function sourceOf(address: string): string | undefined {
  const url = URL.parse(address)
  if (!url || (url.protocol !== 'ws:' && url.protocol !== 'wss:')) return undefined
  // A policy is one line of words: a host that could end a word or a directive must not get into it.
  return /^[A-Za-z0-9.\-[\]:]+$/.test(url.host) ? `${url.protocol}//${url.host}` : undefined
}

/** The addresses that a phone set up like this speaks to. */
export const sourcesOf = (settings: StoredPhoneSettings): string[] => [
  ...new Set(
    [
      ...(settings.source === 'own' ? settings.servers : []),
      ...(settings.transcriber.protocol === 'off' ? [] : [settings.transcriber.url])
    ].flatMap((one) => sourceOf(one) ?? [])
  )
]
