import type { ConversationView } from '../../src-shared/contract/conversation.ts'

/** Where a guided check stands, as one word for the screen. */
type CheckState = 'none' | 'sending' | 'sent' | 'checking' | 'wrong' | 'expired' | 'unavailable' | 'verified' | 'failed'

type Checked = Pick<ConversationView, 'verification' | 'code'>

/** A code that runs out while it is awaited has expired, though nobody said so. */
export function checkState({ verification, code }: Checked, now: number): CheckState {
  if (verification === 'verified' || verification === 'failed') return verification
  if (!code) return 'none'
  return (code.state === 'sent' || code.state === 'wrong') && code.until !== undefined && code.until <= now ? 'expired' : code.state
}

/** A code can be typed now. */
export const takesCode = (state: CheckState): boolean => state === 'sent' || state === 'wrong'
/** The bank is at it: nothing can be asked of it now. */
export const isBusy = (state: CheckState): boolean => state === 'sending' || state === 'checking'

/** Figures as they are read out, with spaces and dashes; `undefined`: no code. */
export function codeTyped(text: string): string | undefined {
  const digits = text.normalize('NFKC').replace(/[\s-]/gu, '')
  return /^\d{4,10}$/u.test(digits) ? digits : undefined
}

export const openAlerts = ({ alerts }: Pick<ConversationView, 'alerts'>): ConversationView['alerts'] =>
  alerts.filter(({ resolvedAt }) => resolvedAt === undefined)
