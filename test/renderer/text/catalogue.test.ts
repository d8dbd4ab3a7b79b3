import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { formatDuration, formatRatio, formatTime, matchLocale, plural, setLocale } from '../../../src-renderer/text/catalogue.svelte.ts'
import { LOCALES, type Locale } from '../../../src-shared/taxonomy.ts'

const files: Record<string, Record<string, unknown>> = import.meta.glob('../../../src-renderer/text/*.ts', { eager: true })

/** The exports that are catalogues: called without arguments they give an object of texts. */
function catalogues(): [string, () => object][] {
  const found: [string, () => object][] = []
  for (const [file, exports] of Object.entries(files)) {
    if (file.endsWith('catalogue.svelte.ts')) continue
    for (const [name, value] of Object.entries(exports)) {
      if (typeof value !== 'function' || value.length > 0 || name.endsWith('Text')) continue
      const texts: unknown = value()
      if (texts !== null && typeof texts === 'object') found.push([`${file.split('/').at(-1)} ${name}`, value as () => object]) // just called
    }
  }
  return found
}

/** Every text by its path; texts with values are tried with numbers and with words. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (Array.isArray(value)) return value.flatMap((one, i) => texts(one, `${path}.${i}`))
  if (typeof value === 'function') {
    const one: unknown = value(...Array.from({ length: Math.max(1, value.length) }, () => '7'))
    return [[`${path}()`, String(one)]]
  }
  if (value !== null && typeof value === 'object') return Object.entries(value).flatMap(([key, one]) => texts(one, `${path}.${key}`))
  return [[path, '']]
}

const inAll = (read: () => object): Record<Locale, [string, string][]> => {
  const of = (locale: Locale) => {
    setLocale(locale)
    return texts(read())
  }
  return { en: of('en'), 'zh-CN': of('zh-CN'), 'zh-TW': of('zh-TW') }
}

beforeAll(() => void vi.stubGlobal('document', { documentElement: { lang: '' } }))
afterAll(() => void vi.unstubAllGlobals())

describe('the catalogues', () => {
  it('are found, those of the frame among them', () => {
    const names = catalogues().map(([name]) => name)
    for (const name of [
      'domain.ts domain',
      'shell.ts shell',
      'session.ts session',
      'settings.ts settings',
      'search.ts search',
      'outbox.ts outbox',
      'guide.ts guide'
    ]) {
      expect(names).toContain(name)
    }
  })

  it('have the same texts in all languages, and none is empty', () => {
    for (const [name, read] of catalogues()) {
      const all = inAll(read)
      for (const locale of LOCALES) {
        expect(
          all[locale].map(([path]) => path),
          `${name} ${locale}`
        ).toEqual(all.en.map(([path]) => path))
        expect(
          all[locale].filter(([, text]) => text.trim() === ''),
          `${name} ${locale}`
        ).toEqual([])
      }
    }
  })

  it('are translated: a Chinese text of more than one English word has Han characters', () => {
    const left: string[] = []
    for (const [name, read] of catalogues()) {
      const all = inAll(read)
      for (const locale of ['zh-CN', 'zh-TW'] as const) {
        for (const [path, text] of all[locale])
          if (/[a-z]{3,} [a-z]{3,}/i.test(text) && !/\p{Script=Han}/u.test(text)) left.push(`${name}${path} ${locale}: ${text}`)
      }
    }
    expect(left).toEqual([])
  })

  it('keep simplified characters out of the traditional texts', () => {
    // Characters that traditional Chinese writes differently, from words that this screen uses a lot.
    const simplified = /[这们个为时话说请务转电线断开关闭数据发现启动离认证设检录对]/
    const left = catalogues().flatMap(([name, read]) =>
      inAll(read)
        ['zh-TW'].filter(([path, text]) => !path.includes('languages') && simplified.test(text))
        .map(([path, text]) => `${name}${path}: ${text}`)
    )
    expect(left).toEqual([])
  })
})

describe('matchLocale', () => {
  it.each([
    ['en-GB', 'en'],
    ['de', 'en'],
    ['zh', 'zh-CN'],
    ['zh-CN', 'zh-CN'],
    ['zh-SG', 'zh-CN'],
    ['zh-Hans-HK', 'zh-CN'],
    ['zh-TW', 'zh-TW'],
    ['zh-HK', 'zh-TW'],
    ['zh-Hant', 'zh-TW'],
    ['', 'en'],
    ['not a tag', 'en']
  ])('%s is shown in %s', (tag, wanted) => {
    expect(matchLocale(tag)).toBe(wanted)
  })
})

describe('formats', () => {
  it('show durations as minutes and seconds, hours from one hour on, and never below zero', () => {
    expect([0, 999, 1_000, 75_000, 3_599_999, 3_600_000, 3_725_000, -5_000].map(formatDuration)).toEqual([
      '0:00',
      '0:00',
      '0:01',
      '1:15',
      '59:59',
      '1:00:00',
      '1:02:05',
      '0:00'
    ])
  })
  it('follow the language of the screen', () => {
    setLocale('en')
    expect(formatRatio(0.834)).toBe('83%')
    expect(formatTime(new Date(2026, 10, 22, 14, 2).getTime())).toBe('14:02')
    setLocale('zh-TW')
    expect(document.documentElement.lang).toBe('zh-TW')
    expect(formatTime(new Date(2026, 10, 22, 0, 5).getTime())).toBe('00:05')
  })
  it('pick English plurals', () => {
    expect([0, 1, 2].map((n) => plural(n, { one: 'action', other: 'actions' }))).toEqual(['actions', 'action', 'actions'])
  })
})
