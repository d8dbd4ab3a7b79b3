import { expect, test } from 'vitest'
import { createAi } from '../../../src-main/ai/index.ts'
import { contact, floor, person } from '../../build/centre.ts'
import { buildDesk, settle } from '../../build/desk.ts'
import { buildEvents } from '../../build/events.ts'

const ai = createAi()

test('what a customer says in clear is found, though nothing but the masked text is kept', () => {
  const { centre, factsOf, facts } = floor({ ai, people: [person('lin')] })
  centre.setPresence('lin', 'available')
  const id = centre.contactArrived(contact())
  centre.accept('lin', id)
  centre.customerSaid(id, 'My PIN is 9931 and I need help')
  const [entry] = factsOf('entry.added', id)
  const [read] = factsOf('entry.analysed', id)
  const finding = read?.data.findings.find((one) => one.rule === 'data_in_clear')
  expect(finding).toMatchObject({ severity: 'bad', span: { text: '••••' } })
  expect(entry?.data.text.slice(finding?.span.start, finding?.span.end)).toBe('••••')
  expect(JSON.stringify(facts())).not.toContain('9931')
})

test('what an agent types in clear is masked at the desk, and found all the same', async () => {
  const bench = buildDesk({ ai: createAi() })
  const events = buildEvents(bench.timers.now() - 60_000)
  events.chat({ conversationId: 'c1' })
  await settle()
  await bench.line.publish(...events.all)
  await bench.client.conversation.reply({ conversationId: 'c1', text: '  Your card 4242 4242 4242 4242 is blocked ' })
  await settle()
  const [sent] = bench.line.sent
  bench.close()
  expect(JSON.stringify(sent)).not.toContain('4242 4242')

  const { centre, command, factsOf } = floor({ ai, people: [person('lin')] })
  centre.setPresence('lin', 'available')
  const id = centre.contactArrived(contact())
  centre.accept('lin', id)
  const data = sent?.data as { entryId: string; text: string; inClear: { start: number; end: number; severity: 'caution' }[] } // what the desk sent above
  expect(await command('lin', 'message.send', { ...data, conversationId: id })).toBe('accepted')
  expect(factsOf('entry.analysed', id)[0]?.data.findings).toMatchObject([{ rule: 'data_in_clear', span: { text: '•••• 4242' } }])
})
