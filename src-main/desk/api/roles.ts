import type { Role } from '../../../src-shared/taxonomy.ts'

/** `open`: connections without a seat too. `seated`: whoever has a seat. Otherwise the roles that may. */
export type Allowed = 'open' | 'seated' | readonly Role[]

const SERVING: readonly Role[] = ['agent', 'expert', 'supervisor']
const READING: readonly Role[] = ['agent', 'expert', 'supervisor', 'reviewer', 'admin']
/** Who has a phone, and who may have to look after one. */
const PHONES: readonly Role[] = ['agent', 'expert', 'admin']
/** Who may let a desk speak to a model server, and who may have to set it up. */
const MODEL_SERVER: readonly Role[] = ['agent', 'expert', 'supervisor', 'admin']
const REVIEWING: readonly Role[] = ['supervisor', 'reviewer', 'admin']
/** Who decides what becomes knowledge. */
const LEADING: readonly Role[] = ['supervisor']
/** Everybody with a seat except the read-only screens. */
const WRITING: readonly Role[] = ['agent', 'expert', 'supervisor', 'reviewer', 'admin']

/** Who may call what: the only place that says so. What is not listed is refused. */
export const ROLES_OF: Readonly<Record<string, Allowed>> = {
  'session.people': 'open',
  'session.signIn': 'open',
  'session.about': 'open',
  'session.me': 'seated',
  'session.signOut': 'seated',

  'inbox.list': READING,
  'inbox.queue': READING,
  'inbox.counts': READING,
  'inbox.offers': READING,
  'inbox.presence': READING,
  'inbox.accept': SERVING,
  'inbox.decline': SERVING,
  'inbox.setPresence': SERVING,

  'conversation.get': READING,
  'conversation.timeline': READING,
  'conversation.draft': READING,
  'conversation.markRead': SERVING,
  'conversation.reply': SERVING,
  'conversation.note': SERVING,
  'conversation.said': SERVING,
  'conversation.verify': SERVING,
  'conversation.sendCode': SERVING,
  'conversation.checkCode': SERVING,
  'conversation.resolveAlert': SERVING,
  'conversation.transfer': SERVING,
  'conversation.end': SERVING,
  'conversation.finish': SERVING,
  'conversation.correctMood': SERVING,
  'conversation.saveDraft': SERVING,

  'calls.account': READING,
  'calls.phoneSettings': PHONES,
  'calls.savePhoneSettings': PHONES,
  'calls.report': SERVING,
  'calls.quality': SERVING,
  'calls.open': SERVING,
  'calls.history': READING,
  'calls.colleagues': READING,
  'calls.transferred': SERVING,
  'calls.saveDialogs': SERVING,
  'calls.dialogs': SERVING,
  'calls.recoverable': READING,
  'calls.recover': SERVING,
  'calls.giveUp': SERVING,
  'calls.pauseRecording': SERVING,
  'calls.resumeRecording': SERVING,
  'calls.recorderConfirmed': SERVING,
  'calls.callbacks': READING,
  'calls.scheduleCallback': SERVING,
  'calls.endCallback': SERVING,
  'calls.heard': SERVING,
  'calls.readiness': SERVING,

  'copilot.card': READING,
  'copilot.rate': SERVING,
  'copilot.intents': READING,

  'modelServer.settings': MODEL_SERVER,
  'modelServer.save': MODEL_SERVER,
  'modelServer.test': MODEL_SERVER,

  'customers.get': READING,
  'knowledge.list': READING,
  'knowledge.get': READING,
  'knowledge.gaps': LEADING,
  'knowledge.gap': LEADING,
  'knowledge.approve': LEADING,
  'knowledge.dismissGap': LEADING,
  'knowledge.reopenGap': LEADING,
  'search.find': READING,

  'review.list': REVIEWING,
  'review.get': REVIEWING,
  'review.audio': REVIEWING,

  'frontDesk.flows': ['supervisor', 'admin'],

  'wallboard.view': ['supervisor', 'admin', 'screen'],

  'desk.line': 'seated',
  'desk.settings': 'seated',
  'desk.saveSettings': 'seated',
  'desk.outbox': READING,
  'desk.retry': WRITING,
  'desk.discard': WRITING,
  'desk.undoDiscard': WRITING,
  'desk.dismissStoreNotice': WRITING,

  'live.changes': 'seated',

  'practice.view': READING,
  'practice.setPace': WRITING,
  'practice.setLanguage': WRITING,
  'practice.setFrontDesk': WRITING,
  'practice.start': SERVING,
  'practice.prompt': SERVING,
  'practice.setLine': WRITING
}

/** Whether a connection may call a procedure; a connection without a seat has no role. */
export function allows(path: string, role: Role | undefined): boolean {
  const allowed = Object.hasOwn(ROLES_OF, path) ? ROLES_OF[path] : undefined
  if (allowed === undefined) return false
  if (allowed === 'open') return true
  if (role === undefined) return false
  return allowed === 'seated' || allowed.includes(role)
}
