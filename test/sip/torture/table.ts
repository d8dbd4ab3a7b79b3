import type { Odd, Reaction } from './messages.ts'

export interface Reacted {
  odd: Odd
  phone: Reaction
  pbx: Reaction
}

/** docs/sip-conformance.md, from what happened. */
export const conformance = (rows: readonly Reacted[]): string =>
  [
    '# What odd messages meet with',
    '',
    'Each message below is sent to the softphone, while it is registered, and to the practice PBX: those of RFC 4475 that a phone can get',
    'over WebSocket, rewritten for our domain, and some that go beyond it. Neither may crash, and afterwards a call must be answered and',
    'heard. The test writes this table itself when told to (docs/sip-lab.md) and else fails when it is no longer true.',
    '',
    'Where the two differ, the reason is what they are: a phone serves one address (404 for others), registers nobody (405) and challenges nobody.',
    '',
    '| message | RFC 4475 | softphone | practice PBX |',
    '|---|---|---|---|',
    ...rows.map(
      ({ odd, phone, pbx }) => `| ${odd.name.replaceAll('|', '\\|').replace(/^\*/, '\\*')} | ${odd.section ?? ''} | ${phone} | ${pbx} |`
    ),
    ''
  ].join('\n')
