import { z } from 'zod'
import { ROLES } from '../taxonomy.ts'
import { base } from './base.ts'

const localText = z.object({ en: z.string(), 'zh-CN': z.string(), 'zh-TW': z.string() })

export const PersonView = z.object({
  personId: z.string(),
  name: localText,
  role: z.enum(ROLES),
  /** Two letters or one Han character and a hue 0..359 for the drawn face. */
  initials: z.string(),
  hue: z.number(),
  signedIn: z.boolean()
})
export type PersonView = z.infer<typeof PersonView>

export const SeatView = z.object({
  deskId: z.string(),
  person: PersonView,
  /** Passed when the connection is opened; names the desk and the role. Secret. */
  seat: z.string()
})
export type SeatView = z.infer<typeof SeatView>

export const session = {
  /** Who can sign in here; open to connections without a seat. */
  people: base.output(z.array(PersonView)),
  signIn: base.input(z.object({ personId: z.string() })).output(SeatView),
  /** Who I am; refuses with `not_signed_in` on a connection without a seat. */
  me: base.output(SeatView.omit({ seat: true })),
  signOut: base.output(z.object({})),
  about: base.output(z.object({ host: z.enum(['electron', 'web']), version: z.string(), practice: z.boolean() }))
}
