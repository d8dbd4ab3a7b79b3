import { describe, expect, test } from 'vitest'
import { appendToLog } from '../../../src-main/store/log.ts'
import { find } from '../../../src-main/store/queries/search.ts'
import { foldHan } from '../../../src-main/store/search/fold.ts'
import { queryOf, tokensOf } from '../../../src-main/store/search/tokens.ts'
import { buildEvents } from '../../build/events.ts'
import { buildStore } from '../../build/store.ts'

describe('tokens', () => {
  test('Han runs become pairs and their last character; Latin words stay', () => {
    expect(tokensOf('我的Visa卡').trim().split(/\s+/)).toEqual(['我的', '的', 'visa', '卡'])
  })
  test('what a user types has no syntax', () => {
    expect(queryOf('foo" OR bar*')).toBe('"foo"* AND "or"* AND "bar"*')
    expect(queryOf('  ,.!  ')).toBeUndefined()
    expect(queryOf('余额')).toBe('"余额"')
    expect(queryOf('余')).toBe('"余"*')
  })
  test('traditional characters are folded to simplified ones', () => {
    expect(foldHan('餘額轉帳')).toBe('余额转帐')
    expect(foldHan('保險理賠')).toBe('保险理赔')
  })
})

describe('search', () => {
  const { store, done } = buildStore()
  const events = buildEvents()
  events.chat({ conversationId: 'c1', name: '陈嘉怡' })
  events.chat({ conversationId: 'c2', name: 'Rosa Meyer' })
  events.said('c1', '我想查一下余额，谢谢')
  events.said('c1', '信用卡丢了')
  events.said('c2', 'My café invoice was charged twice')
  events.said('c2', 'Rosa here again about the invoice')
  events.add('article.published', {
    articleId: 'a1',
    revision: 1,
    language: 'en',
    title: 'Invoice disputes',
    intents: [],
    say: 'We check it.',
    body: 'Invoices of cards.',
    updatedAt: 1
  })
  appendToLog(store.desk, 'agent-lin', events.all)
  const kinds = (text: string, limit = 30): string[] => find(store.desk, text, limit).map((hit) => `${hit.kind}:${hit.text}`)

  test('finds Chinese words of one and two characters', () => {
    expect(kinds('鱼')).toEqual([])
    expect(kinds('额')).toEqual(['entry:我想查一下余额，谢谢'])
    expect(kinds('余')).toEqual(['entry:我想查一下余额，谢谢'])
    expect(kinds('余额')).toEqual(['entry:我想查一下余额，谢谢'])
    expect(kinds('丢了')).toEqual(['entry:信用卡丢了'])
    expect(kinds('了')).toEqual(['entry:信用卡丢了'])
    expect(kinds('信用卡')).toEqual(['entry:信用卡丢了'])
    expect(kinds('信卡')).toEqual([])
  })
  test('finds simplified text by traditional characters', () => {
    expect(kinds('餘額')).toEqual(['entry:我想查一下余额，谢谢'])
  })
  test('finds English words by their beginning, without accents', () => {
    expect(kinds('cafe inv')).toEqual(['entry:My café invoice was charged twice'])
  })
  test('puts customers and articles first, then messages, the newest first', () => {
    expect(kinds('invo')).toEqual([
      'article:Invoice disputes',
      'entry:Rosa here again about the invoice',
      'entry:My café invoice was charged twice'
    ])
    expect(kinds('rosa')).toEqual(['customer:Rosa Meyer', 'conversation:Rosa Meyer', 'entry:Rosa here again about the invoice'])
  })
  test('keeps to the limit', () => expect(kinds('invo', 2)).toHaveLength(2))
  test('finds a customer by the new name only, once renamed', () => {
    const renamed = events.chat({ conversationId: 'c3', customerId: 'customer-c2', name: 'Rosalind Ortega' })
    appendToLog(store.desk, 'agent-lin', renamed)
    expect(kinds('meyer')).toEqual([])
    expect(kinds('ortega')).toEqual(['customer:Rosalind Ortega', 'conversation:Rosalind Ortega', 'conversation:Rosalind Ortega'])
    done()
  })
})
