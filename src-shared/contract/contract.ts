import { calls } from './calls.ts'
import { conversation } from './conversation.ts'
import { copilot } from './copilot.ts'
import { desk, live, practice } from './desk.ts'
import { frontDesk } from './front-desk.ts'
import { inbox } from './inbox.ts'
import { modelServer } from './model-server.ts'
import { customers, knowledge, search } from './records.ts'
import { review } from './review.ts'
import { session } from './session.ts'
import { wallboard } from './wallboard.ts'

/** The API between a view and its desk: one contract, two transports (MessagePort, WebSocket). */
export const contract = {
  session,
  inbox,
  conversation,
  calls,
  copilot,
  modelServer,
  customers,
  knowledge,
  search,
  wallboard,
  review,
  frontDesk,
  desk,
  live,
  practice
}
export type Contract = typeof contract
