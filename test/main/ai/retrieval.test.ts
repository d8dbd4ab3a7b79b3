import { describe, expect, it } from 'vitest'
import { createAi } from '../../../src-main/ai/index.ts'
import type { Article } from '../../../src-shared/events.ts'

const article = (
  articleId: string,
  language: Article['language'],
  intents: Article['intents'],
  title: string,
  say: string,
  body: string
): Article => ({
  articleId,
  revision: 1,
  language,
  intents,
  title,
  say,
  body,
  updatedAt: 0
})
const ARTICLES: Article[] = [
  article(
    'lost',
    'en',
    ['card_lost'],
    'Lost or stolen card',
    'I am blocking your card right now.',
    'Block the card first, then ask about unknown payments.\n\nA replacement card reaches the customer within five working days; an express courier costs 15.'
  ),
  article(
    'rates',
    'en',
    ['interest_rates'],
    'Interest rates on deposits',
    'Our one year deposit pays two percent.',
    'Rates change every Monday.\n\nFixed deposits run from three months to five years.'
  ),
  article(
    'hours',
    'en',
    ['branch_atm'],
    'Branches and opening hours',
    'Most branches open from nine to five.',
    'On Saturdays only the main branch is open.'
  ),
  article(
    'fraud',
    'en',
    ['fraud_report'],
    'Payments the customer did not make',
    'I will block the card and open a case.',
    'Never ask for a PIN. Open a fraud case for each payment.'
  ),
  article(
    'lost-zh',
    'zh',
    ['card_lost'],
    '银行卡挂失与补办',
    '我马上为您办理挂失。',
    '先挂失，再核对可疑交易。\n\n补办新卡五个工作日寄达，加急收费十五元。'
  ),
  article('rates-zh', 'zh', ['interest_rates'], '存款利率', '一年期定期存款利率为百分之二。', '利率每周一更新。\n\n大额存单二十万元起存。'),
  article('claim-zh', 'zh', ['insurance_claim'], '车险理赔流程', '请先拍照并报案。', '理赔需要行驶证、驾驶证和事故照片。')
]
const ai = createAi()
ai.setArticles(ARTICLES)
const ids = (query: string, intent: Parameters<typeof ai.retrieve>[1], language: 'en' | 'zh' = 'en') =>
  ai.retrieve(query, intent, language, 3).map(({ articleId }) => articleId)

describe('retrieval', () => {
  it.each([
    ['my card was stolen', 'en', 'lost'],
    ['what rates do you pay on a fixed deposit', 'en', 'rates'],
    ['is the branch open on Saturday', 'en', 'hours'],
    ['我的银行卡要挂失', 'zh', 'lost-zh'],
    ['存款利率', 'zh', 'rates-zh'],
    ['車險理賠要什麼', 'zh', 'claim-zh']
  ] as const)('finds for "%s" (%s) %s', (query, language, id) => {
    expect(ids(query, undefined, language)[0]).toBe(id)
  })

  it.each(['purple elephants dance at midnight', 'qwertz uiop', '', '   ', '!!!', 'sourdough bread recipe'])(
    'finds nothing for "%s"',
    (query) => {
      expect(ids(query, undefined)).toEqual([])
    }
  )

  it('finds the article of the intent when the customer uses other words', () => {
    expect(ids('somebody nicked it on the tube', 'card_lost')[0]).toBe('lost')
  })

  it('puts the article of the intent first', () => {
    const query = 'block my card'
    expect(ids(query, 'fraud_report')[0]).toBe('fraud')
    expect(ids(query, 'card_lost')[0]).toBe('lost')
  })

  it('gives the paragraph that answers', () => {
    expect(ai.retrieve('when does the replacement card come, is there an express courier', 'card_lost', 'en', 1)[0]?.passage).toContain(
      'five working days'
    )
    expect(ai.retrieve('补办加急多少钱', 'card_lost', 'zh', 1)[0]?.passage).toContain('加急')
  })

  it('keeps to the language, the limit and scores of 0 to 1, best first', () => {
    const found = ai.retrieve('card payment rates branch open', undefined, 'en', 2)
    expect(found.length).toBeLessThanOrEqual(2)
    const scores = found.map(({ score }) => score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    for (const score of scores) expect(score > 0 && score <= 1).toBe(true)
    expect(ids('挂失', 'card_lost', 'en')).not.toContain('lost-zh')
    expect(ai.retrieve('card', 'card_lost', 'en', 0)).toEqual([])
  })

  it('forgets the articles it had when it is given others', () => {
    const other = createAi()
    expect(other.retrieve('stolen card', 'card_lost', 'en', 3)).toEqual([])
    other.setArticles(ARTICLES.slice(0, 1))
    expect(other.retrieve('stolen card', 'card_lost', 'en', 3)).toHaveLength(1)
    other.setArticles([])
    expect(other.retrieve('stolen card', 'card_lost', 'en', 3)).toEqual([])
  })
})

describe('how alike two questions are', () => {
  it.each([
    ['怎么提前还清房贷', '房贷能提前结清吗', '怎么换手机号'],
    ['my card was stolen', 'somebody took my plastic, it is gone', 'what are your opening hours'],
    ['can I postpone an instalment', 'may I defer a repayment', 'can I postpone my wedding']
  ])('"%s" is nearer to "%s" than to "%s"', (question, same, other) => {
    expect(ai.similarity(question, same)).toBeGreaterThan(ai.similarity(question, other))
  })

  it('is the same both ways, 1 for the same words and 0 for nothing in common', () => {
    expect(ai.similarity('lost my card', 'card lost')).toBe(ai.similarity('card lost', 'lost my card'))
    expect(ai.similarity('还款日是哪天', '还款日是哪天')).toBe(1)
    expect(ai.similarity('还款日是哪天', 'opening hours')).toBe(0)
    expect(ai.similarity('', '')).toBe(1)
  })
})

describe('what people and customers taught it', () => {
  const plain = article('a', 'en', ['fees'], 'Coins', 'We count coins.', 'Bring the coins.')
  const other = { ...plain, articleId: 'b' }
  const found = (articles: Article[], query: string) => {
    const taught = createAi()
    taught.setArticles(articles)
    return taught.retrieve(query, 'fees', 'en', 2)
  }

  it('an article that people took for a wish comes before one that they refused', () => {
    const liked = [plain, { ...other, ratings: [{ intent: 'fees' as const, up: 3, down: 0 }] }]
    expect(found([plain, other], 'coins').map(({ articleId }) => articleId)).toEqual(['a', 'b'])
    expect(found(liked, 'coins').map(({ articleId }) => articleId)).toEqual(['b', 'a'])
    const refused = [{ ...plain, ratings: [{ intent: 'fees' as const, up: 0, down: 2 }] }, other]
    expect(found(refused, 'coins').map(({ articleId }) => articleId)).toEqual(['b', 'a'])
  })

  it('a question that customers asked is found by their words, whatever the article says', () => {
    const asked = { ...plain, asked: ['may I bring a sack of pennies'] }
    expect(found([asked], 'bring sack pennies')[0]?.score).toBeGreaterThan(0.9)
  })
})
