import type { Handoff } from '../../src-shared/front-desk.ts'

/** What the front desk gave on after a blocked card. */
export const buildHandoff = (change: Partial<Handoff> = {}): Handoff => ({
  because: 'requested',
  queue: 'cards',
  verification: { state: 'verified', how: 'one_time_code', at: 1_700_000_000_000 },
  intent: 'card_lost',
  wanted: 'Lost card – “my card is gone”',
  tried: [
    { what: 'verification', outcome: 'done', at: 1_700_000_000_000 },
    { what: 'card_block', outcome: 'done', detail: 'Debit card 6620 is blocked', at: 1_700_000_001_000 }
  ],
  mood: { mood: 'worried', confidence: 0.8, quote: 'gone' },
  gathered: [{ name: 'tail', value: '6620', at: 1_700_000_000_500 }],
  promised: [{ text: 'New card within 5 working days', by: 'front_desk', at: 1_700_000_001_000 }],
  nextStep: 'Greet them by name and go on where they stand.',
  spoken: 'Mei Lindqvist, verified: lost card; asks for a person, 1 thing done already.',
  at: 1_700_000_002_000,
  ...change
})
