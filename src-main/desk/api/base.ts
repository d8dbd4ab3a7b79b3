import { implement, ORPCError, ValidationError } from '@orpc/server'
import { contract } from '../../../src-shared/contract/contract.ts'
import { type Refusal, RefusalError } from '../../../src-shared/errors.ts'
import type { Desk } from '../desk.ts'
import type { Context } from './context.ts'
import { allows } from './roles.ts'

const refused = ({ code, field, detail }: Refusal): ORPCError<'REFUSED', Refusal> =>
  new ORPCError('REFUSED', {
    status: 409,
    data: { code, ...(field === undefined ? {} : { field }), ...(detail === undefined ? {} : { detail }) }
  })

/** What did not fit the input's schema, as a refusal that names the first field. */
function invalidInput(error: unknown): Refusal | undefined {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST' || !(error.cause instanceof ValidationError)) return undefined
  const issue = error.cause.issues[0]
  const field = (issue?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  return { code: 'invalid', detail: issue?.message ?? 'invalid input', ...(field === '' ? {} : { field }) }
}

/**
 * The one place where calls are let in and errors become data: role first, then the handler; what it refuses is typed, what it
 * did not expect is logged here and told outside without any detail.
 */
export const os = implement(contract)
  .$context<Context>()
  .use(async ({ context, next, path }) => {
    const name = path.join('.')
    const seat = context.seat
    if (!allows(name, seat?.person.role)) throw refused({ code: seat ? 'not_allowed' : 'not_signed_in', detail: name })
    if (seat?.desk.closed && name !== 'session.signOut') throw refused({ code: 'not_signed_in', detail: 'this desk has stopped' })
    try {
      return await next()
    } catch (error) {
      if (error instanceof RefusalError) throw refused(error.refusal)
      const invalid = invalidInput(error)
      if (invalid) throw refused(invalid)
      if (error instanceof ORPCError && error.code === 'REFUSED') throw error
      seat?.desk.storeFault(error)
      seat?.desk.log.write('call failed', { call: name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      throw new ORPCError('INTERNAL_SERVER_ERROR', { message: 'internal error' })
    }
  })

/** The desk of a connection that the middleware let in as seated. */
export function deskOf(context: Context): Desk {
  if (!context.seat) throw new RefusalError('not_signed_in')
  return context.seat.desk
}

export const notFound = (what: string, field: string): RefusalError => new RefusalError('not_found', what, field)
