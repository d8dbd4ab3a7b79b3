import type { Customer } from '../../../src-shared/events.ts'
import type { Language } from '../../../src-shared/taxonomy.ts'

const NAMES: Record<Language, { first: readonly string[]; last: readonly string[]; join: (first: string, last: string) => string }> = {
  en: {
    first: ['Alice', 'Ben', 'Carmen', 'Dev', 'Elsa', 'Farid', 'Gwen', 'Hugo', 'Ines', 'Jonas', 'Kemi', 'Liam'],
    last: ['Archer', 'Bianchi', 'Castle', 'Dorsey', 'Eriksen'],
    join: (first, last) => `${first} ${last}`
  },
  zh: {
    first: ['晓明', '丽华', '建国', '雨桐', '思远', '婷婷', '志强', '梦琪', '家豪', '美玲', '子轩', '佳怡'],
    last: ['刘', '孙', '马', '胡', '郭'],
    join: (first, last) => `${last}${first}`
  }
}
const SINCE = Date.UTC(2015, 0, 1)
const DAY_MS = 86_400_000

/**
 * The people who call the practice floor all day and whom only simulated colleagues serve. They have no file, so they do not fill the
 * desks' customer lists, and the scripted customers keep timelines of their own. Always the same ones; all made up.
 */
export function passersBy(): Customer[] {
  return (['en', 'zh'] as const).flatMap((language) => {
    const { first, last, join } = NAMES[language]
    return first.flatMap((one, i) =>
      last.map((other, j): Customer => {
        const number = i * last.length + j
        return {
          customerId: `passer-by-${language}-${number}`,
          name: join(one, other),
          language,
          // Ranges set aside for fiction.
          phone: language === 'en' ? `+1 202-555-0${100 + (number % 100)}` : `+86 000 0000 ${String(1000 + number)}`,
          segment: 'standard',
          since: SINCE + number * 37 * DAY_MS,
          products: [],
          remarks: [],
          casual: true
        }
      })
    )
  })
}
