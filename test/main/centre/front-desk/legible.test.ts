import { expect, test } from 'vitest'
import { legible } from '../../../../src-main/centre/front-desk/legible.ts'
import { FlowsView } from '../../../../src-shared/contract/front-desk.ts'
import { buildDesk, person } from '../../../build/desk.ts'
import { shippedFlows } from './talk.ts'

test('the flows are told as the contract says, all of them, in their order', () => {
  const book = shippedFlows()
  const told = FlowsView.parse(legible(book))
  expect(told.version).toBe(book.version)
  expect(told.flows.map(({ flowId, steps }) => [flowId, steps.length])).toEqual(book.flows.map(({ id, steps }) => [id, steps.length]))
  expect(told.flows.find(({ flowId }) => flowId === 'card-block')).toMatchObject({
    verified: true,
    steps: [{ kind: 'ask', slot: 'tail' }, { kind: 'confirm' }, { kind: 'act', act: 'card_block', choice: false }]
  })
})

test('a supervisor reads them; an agent does not; a desk without a front desk says so', async () => {
  const frontDeskFlows = () => legible(shippedFlows())
  const supervisor = buildDesk({ person: person('supervisor'), frontDeskFlows })
  const agent = buildDesk({ frontDeskFlows })
  const elsewhere = buildDesk({ person: person('supervisor') })
  try {
    expect(await supervisor.client.frontDesk.flows()).toEqual(frontDeskFlows())
    await expect(agent.client.frontDesk.flows()).rejects.toMatchObject({ data: { code: 'not_allowed' } })
    await expect(elsewhere.client.frontDesk.flows()).rejects.toMatchObject({ data: { code: 'not_available' } })
  } finally {
    for (const bench of [supervisor, agent, elsewhere]) bench.close()
  }
})
