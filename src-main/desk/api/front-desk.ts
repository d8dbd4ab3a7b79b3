import { RefusalError } from '../../../src-shared/errors.ts'
import { deskOf, os } from './base.ts'

export const frontDesk = {
  flows: os.frontDesk.flows.handler(({ context }) => {
    const flows = deskOf(context).frontDeskFlows()
    if (!flows) throw new RefusalError('not_available', 'no front desk is known here')
    return flows
  })
}
