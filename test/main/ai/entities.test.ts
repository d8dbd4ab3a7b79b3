import { describe, expect, it } from 'vitest'
import { createAi } from '../../../src-main/ai/index.ts'

const ai = createAi()
const found = (text: string) => ai.entities(text).map(({ kind, text: words }) => `${kind}:${words}`)

describe('entities', () => {
  it.each([
    ['I sent $4,200.50 on 12 March 2026', ['amount:$4,200.50', 'date:12 March 2026']],
    ['about 300 dollars last week', ['amount:300 dollars', 'date:last week']],
    ['two thousand five hundred pounds by next Monday', ['amount:two thousand five hundred pounds', 'date:next Monday']],
    ['it was 15k, not EUR 200', ['amount:15k', 'amount:EUR 200']],
    ['我转了4千元', ['amount:4千元']],
    ['取了三万五', ['amount:三万五']],
    ['大概50万，下周一要用', ['amount:50万', 'date:下周一']],
    ['五百塊，3月12日還', ['amount:五百塊', 'date:3月12日']],
    ['2026年3月12号的机票', ['date:2026年3月12号']],
    ['十五号之前', ['date:十五号']],
    ['My mortgage and the credit card', ['product:mortgage', 'product:credit card']],
    ['信用卡和重疾险', ['product:信用卡', 'product:重疾险']],
    ['error code E-1042', ['code:E-1042']],
    ['call +44 20 7946 0958', ['phone:••• 0958']],
    ['policy POL-88213', ['policy:•••8213']]
  ])('of "%s" are %j', (text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  it('are found in masked text too', () => {
    expect(found('card •••• 4242, phone ••• 0958, policy •••8213')).toEqual(['card:•••• 4242', 'phone:••• 0958', 'policy:•••8213'])
  })

  it('never give a number in clear', () => {
    expect(found('4242 4242 4242 4242, my PIN is 9931, id 11010519491231002X').join()).not.toMatch(/4242 4242|9931|1949/)
  })

  it('name the same thing once', () => {
    expect(found('$20, yes $20')).toEqual(['amount:$20'])
  })
})
