import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Codec } from '../../../src-renderer/softphone/transcriber/codec.ts'
import { funAsr } from '../../../src-renderer/softphone/transcriber/funasr.ts'
import { VOSK } from '../../../src-renderer/softphone/transcriber/vosk.ts'

const FUNASR = funAsr()
const says = (codec: Codec, message: unknown, partial = '') => codec.read(partial, JSON.stringify(message))

describe("Vosk's protocol", () => {
  it('begins with rate and words, and ends with the very text that its server compares', () => {
    expect(JSON.parse(VOSK.hello)).toEqual({ config: { sample_rate: 16_000, words: 1 } })
    expect(VOSK.goodbye).toBe('{"eof" : 1}')
  })

  it.each([
    ['a partial', { partial: 'good morn' }, { type: 'partial', text: 'good morn' }],
    ['a partial without words', { partial: '' }, { type: 'partial', text: '' }],
    ['Chinese words set apart', { partial: '你好 我 要 挂失 card 一张' }, { type: 'partial', text: '你好我要挂失 card 一张' }],
    [
      'words with times',
      {
        result: [
          { word: 'good', start: 1.2, end: 1.5, conf: 1 },
          { word: 'morning', start: 1.5, end: 2.0301, conf: 0.5 }
        ],
        text: 'good morning'
      },
      { type: 'final', text: 'good morning', startMs: 1_200, endMs: 2_030, confidence: 0.75 }
    ],
    ['a text without words', { text: 'good morning' }, { type: 'final', text: 'good morning' }],
    ['nothing understood', { text: '' }, { type: 'final', text: '' }],
    [
      'the first of several alternatives',
      {
        alternatives: [
          { text: 'one', confidence: 231.4, result: [{ word: 'one', start: 0, end: 0.4 }] },
          { text: 'won', confidence: 12 }
        ]
      },
      { type: 'final', text: 'one', startMs: 0, endMs: 400 }
    ],
    [
      'words whose times make no sense',
      { text: 'a b', result: [{ word: 'a', start: -1, end: 'x', conf: 2 }, 7, null, { word: 'b', start: 1, end: 2, conf: 3 }] },
      { type: 'final', text: 'a b', startMs: 1_000, endMs: 2_000 }
    ],
    [
      'words in the wrong order',
      {
        text: 'a b',
        result: [
          { start: 5, end: 6 },
          { start: 1, end: 2 }
        ]
      },
      { type: 'final', text: 'a b' }
    ]
  ])('is read: %s', (_, message, heard) => {
    expect(says(VOSK, message)).toEqual([heard])
  })

  it.each([
    ['a number for a partial', { partial: 4 }],
    ['a list for a text', { text: ['a'] }],
    ['no alternatives', { alternatives: [] }],
    ['an alternative that is none', { alternatives: ['a'] }],
    ['something else', { status: 'ok' }],
    ['a text without end', { text: 'a'.repeat(4_001) }],
    ['a partial without end', { partial: 'a'.repeat(4_001) }]
  ])('refuses %s', (_, message) => {
    expect(says(VOSK, message)).toEqual([{ type: 'invalid', why: expect.stringMatching(/./) }])
  })
})

describe("FunASR's two-pass protocol", () => {
  it('begins with what both of its servers need, and says when the audio is over', () => {
    expect(JSON.parse(FUNASR.hello)).toEqual({
      mode: '2pass',
      wav_name: 'sidetone',
      wav_format: 'pcm',
      audio_fs: 16_000,
      is_speaking: true,
      chunk_size: [5, 10, 5],
      chunk_interval: 6,
      hotwords: '',
      itn: true
    })
    expect(JSON.parse(FUNASR.goodbye)).toEqual({ is_speaking: false })
    expect(JSON.parse(funAsr({ 理财: 20 }).hello)).toMatchObject({ hotwords: '{"理财":20}' })
  })

  it.each([
    ['the first piece', '', { mode: '2pass-online', text: '我要' }, [{ type: 'partial', text: '我要' }]],
    ['the next piece', '我要', { mode: '2pass-online', text: '挂失' }, [{ type: 'partial', text: '我要挂失' }]],
    ['a piece in Latin script', 'my card', { mode: '2pass-online', text: 'is lost' }, [{ type: 'partial', text: 'my card is lost' }]],
    [
      'the careful pass, with times in a string',
      '我要挂失',
      { mode: '2pass-offline', text: '我要挂失。', timestamp: '[[430,670],[670,1130]]', is_final: false },
      [{ type: 'final', text: '我要挂失。', startMs: 430, endMs: 1_130 }]
    ],
    [
      'the careful pass, with times as a list',
      '',
      { mode: '2pass-offline', text: '好', timestamp: [[100, 200]] },
      [{ type: 'final', text: '好', startMs: 100, endMs: 200 }]
    ],
    ['the careful pass without times', '', { mode: '2pass-offline', text: '好' }, [{ type: 'final', text: '好' }]],
    [
      'the last result',
      '',
      { mode: '2pass-offline', text: '再见', is_final: true, timestamp: '' },
      [{ type: 'final', text: '再见' }, { type: 'end' }]
    ],
    ['the end with nothing more to say', '', { text: '', is_final: true, wav_name: 'sidetone' }, [{ type: 'end' }]],
    [
      'times that make no sense',
      '',
      { mode: '2pass-offline', text: '好', timestamp: '[[900,200],[5,7]]' },
      [{ type: 'final', text: '好' }]
    ],
    ['times that are none', '', { mode: '2pass-offline', text: '好', timestamp: 'soon' }, [{ type: 'final', text: '好' }]]
  ])('is read: %s', (_, before, message, heard) => {
    expect(says(FUNASR, message, before)).toEqual(heard)
  })

  it.each([
    ['no text', { mode: '2pass-online' }],
    ['a number for a text', { mode: '2pass-offline', text: 3 }],
    ['another mode', { mode: 'offline', text: 'a' }],
    ['no mode', { text: 'a', is_final: true }],
    ['a final that is no yes or no', { mode: '2pass-online', text: 'a', is_final: 'yes' }],
    ['a text without end', { mode: '2pass-offline', text: 'a'.repeat(4_001) }]
  ])('refuses %s', (_, message) => {
    expect(says(FUNASR, message)).toEqual([{ type: 'invalid', why: expect.stringMatching(/./) }])
  })

  it('does not let a partial grow without end', () => {
    expect(says(FUNASR, { mode: '2pass-online', text: '好' }, '好'.repeat(4_000))).toEqual([{ type: 'invalid', why: 'too long a text' }])
  })
})

describe.each([
  ['Vosk', VOSK],
  ['FunASR', FUNASR]
])('%s: what is no message', (_, codec) => {
  it.each([
    ['binary', new ArrayBuffer(8)],
    ['half a message', '{"partial" : "good mo'],
    ['no JSON', 'HTTP/1.1 400 Bad Request'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[1,2]'],
    ['a number', '42'],
    ['a message of a megabyte', JSON.stringify({ text: 'x'.repeat(1 << 20) })],
    ['not even text', undefined]
  ])('refuses %s', (_, data) => {
    expect(codec.read('', data)).toEqual([{ type: 'invalid', why: expect.stringMatching(/./) }])
  })

  it('never throws and never lets through a time or confidence that is out of range', () => {
    const keys = fc.constantFrom('partial', 'text', 'result', 'alternatives', 'mode', 'is_final', 'timestamp')
    const word = fc.record({ word: fc.string(), start: fc.oneof(fc.double(), fc.string()), end: fc.double(), conf: fc.double() })
    const value = fc.oneof(fc.jsonValue(), fc.string(), fc.array(word), fc.constantFrom('2pass-online', '2pass-offline', true))
    fc.assert(
      fc.property(fc.dictionary(keys, value), fc.string(), (message, partial) => {
        for (const heard of codec.read(partial, JSON.stringify(message))) {
          if (heard.type !== 'final') continue
          const { startMs = 0, endMs = startMs, confidence = 0 } = heard
          expect(startMs).toBeGreaterThanOrEqual(0)
          expect(endMs).toBeGreaterThanOrEqual(startMs)
          expect(confidence).toBeGreaterThanOrEqual(0)
          expect(confidence).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 500 }
    )
  })
})
