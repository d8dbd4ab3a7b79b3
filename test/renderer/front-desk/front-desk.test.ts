import { render } from 'svelte/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { legible } from '../../../src-main/centre/front-desk/legible.ts'
import FlowSheet from '../../../src-renderer/front-desk/FlowSheet.svelte'
import PeopleOnly from '../../../src-renderer/front-desk/PeopleOnly.svelte'
import { partsOf } from '../../../src-renderer/front-desk/parts.ts'
import { setLocale } from '../../../src-renderer/text/catalogue.svelte.ts'
import { domain } from '../../../src-renderer/text/domain.ts'
import { actWord, fieldWord, slotWord } from '../../../src-renderer/text/front-desk.ts'
import { HUMAN_ONLY, LOCALES } from '../../../src-shared/taxonomy.ts'
import { shippedFlows } from '../../main/centre/front-desk/talk.ts'

beforeEach(() => void vi.stubGlobal('document', { documentElement: { lang: '' } }))
afterEach(() => {
  setLocale('en')
  vi.unstubAllGlobals()
})

const flows = legible(shippedFlows())
const flow = (flowId: string) => {
  const found = flows.flows.find((one) => one.flowId === flowId)
  if (!found) throw new Error(`no flow ${flowId}`)
  return found
}
/** What is read on the screen. */
const words = (html: string) =>
  html
    .replace(/<style[\s\S]*?<\/style>|<svg[\s\S]*?<\/svg>|<!--[\s\S]*?-->/gu, '')
    .replace(/<[^>]+>/gu, '')
    .replaceAll('&quot;', '"')
    .replace(/\s+/gu, ' ')
const sheet = (flowId: string) => words(render(FlowSheet, { props: { flow: flow(flowId) } }).body)

test('the blocking of a card reads as it happens: who it is, what is asked, the yes, what the bank does, what is promised', () => {
  const text = sheet('card-block')
  const places = [
    'Block a lost card',
    'Lost card',
    'Identity is checked first',
    'Asks for the last four digits',
    'Waits for the customer’s own yes',
    'Shall I block the card ending last four digits for good?',
    'Asks the bank: block a card',
    'Noted as promised'
  ].map((words) => text.indexOf(words))
  expect(places).not.toContain(-1)
  expect(places).toEqual([...places].sort((a, b) => a - b))
})

test('what anybody is told needs no identity, and a choice is said to be one', () => {
  expect(sheet('branches')).toContain('No identity needed')
  expect(sheet('appointment')).toContain('The customer chooses one by its number')
})

test.each(LOCALES)('every flow is read in %s, with no place and no id left in it', (locale) => {
  setLocale(locale)
  for (const { flowId, title } of flows.flows) {
    const text = sheet(flowId)
    expect(text).toContain(title[locale])
    expect(text, flowId).not.toMatch(/[{}_]/u)
    // A field, an act or a slot without a word would show its name.
    expect(text, flowId).not.toMatch(/[a-z][A-Z]/u)
    if (locale !== 'en') expect(text.replaceAll('ATM', ''), flowId).not.toMatch(/[a-z]{2,}/iu)
  }
})

test.each(LOCALES)('the topics that are for people only are named in %s', (locale) => {
  setLocale(locale)
  expect(flows.humanOnly).toEqual(HUMAN_ONLY)
  const text = words(render(PeopleOnly, { props: { topics: flows.humanOnly } }).body)
  for (const intent of HUMAN_ONLY) expect(text).toContain(domain().intent[intent])
})

test('what a bank’s own flow brings and no version knows is shown by its name', () => {
  expect([fieldWord('iban'), actWord('fly'), slotWord('constructor')]).toEqual(['iban', 'fly', 'constructor'])
})

test.each([
  ['plain', [{ words: 'plain' }]],
  ['{a}', [{ field: 'a' }]],
  ['x {a:money}{b} y', [{ words: 'x ' }, { field: 'a' }, { field: 'b' }, { words: ' y' }]],
  ['{ not } {a', [{ words: '{ not } {a' }]],
  ['', []]
])('“%s” falls into words and places', (text, parts) => {
  expect(partsOf(text)).toEqual(parts)
})
