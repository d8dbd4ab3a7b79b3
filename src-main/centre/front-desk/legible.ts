import type { FlowStepView, FlowsView } from '../../../src-shared/contract/front-desk.ts'
import { HUMAN_ONLY } from '../../../src-shared/taxonomy.ts'
import type { FlowBook, Step } from './flows.ts'

/** The flows as people read them: what is asked, confirmed, done and said, without what only the machine needs. */
export const legible = ({ version, flows }: FlowBook): FlowsView => ({
  version,
  flows: flows.map(({ id, title, intents, verified, steps }) => ({ flowId: id, title, intents, verified, steps: steps.map(stepView) })),
  humanOnly: [...HUMAN_ONLY]
})

function stepView(step: Step): FlowStepView {
  if ('need' in step) return { kind: 'ask', slot: step.need, text: step.ask }
  if ('confirm' in step) return { kind: 'confirm', text: step.confirm }
  const { act, intro, row, choose, promise } = step
  return { kind: 'act', act, row, choice: choose !== undefined, ...(intro && { intro }), ...(promise && { promise }) }
}
