/** What is written down of a payment: never anything of a card. */
export interface Payment {
  /** As typed: an amount with its currency. */
  amount: string
  reference: string
}

/** A run of 13 to 19 digits that passes Luhn's check (ISO/IEC 7812-1) looks like a card number, whatever stands between its digits. */
export function looksLikeCard(text: string): boolean {
  for (const [run] of text.matchAll(/\d(?:[\s.-]?\d){12,18}/g)) if (luhn(run.replace(/\D/g, ''))) return true
  return false
}

function luhn(digits: string): boolean {
  let sum = 0
  for (const [i, digit] of [...digits].reverse().entries()) {
    const doubled = Number(digit) * (i % 2 === 1 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Can it be written down? */
export const paymentProblem = ({ amount, reference }: Payment): 'no-amount' | 'card' | undefined =>
  looksLikeCard(`${amount} / ${reference}`) ? 'card' : /\d/.test(amount) ? undefined : 'no-amount'

/** Whether card data may be taken now, from what the recorder confirmed. `asking` turns into `unsafe` when no word comes in time. */
export type Safety = 'asking' | 'safe' | 'unsafe' | 'run-out' | 'no-recorder'

export function safetyOf(
  look: { state: 'none' | 'on' | 'paused' | 'ended'; asked?: 'pause' | 'resume' | undefined },
  { askedAt, confirmedOnce, now, confirmMs }: { askedAt: number; confirmedOnce: boolean; now: number; confirmMs: number }
): Safety {
  if (look.state === 'none') return 'no-recorder'
  if (look.state === 'paused' && look.asked !== 'resume') return 'safe'
  if (confirmedOnce && look.asked !== 'pause') return 'run-out'
  return now - askedAt < confirmMs ? 'asking' : 'unsafe'
}
