import type { Language } from '../../../src-shared/taxonomy.ts'

/** Words that begin sentences without naming anybody. Any other capital letter is taken for a name: a refused answer costs nothing. */
const STARTERS = new Set(
  `a about actually after again agent all also although an and any apart are as ask at based be because before both but by call caller
  callback callbacks can certainly check choose click client contact could currently customer customers depending did do does don't done dear during each
  either enter every everything fill finally first following for from further give given go good happy has have he hello her here hi his
  how however i i'd i'll i'm i've if in instead is it it's its just keep kindly last let let's like log look make may meanwhile most
  mood more moreover my need needed next no nothing note now of off on once one only open opened or otherwise our outstanding over pay
  please press promised remember request requested review right same second see select send set she should show sign simply since so some
  sorry still sure take tap tell thank thanks that that's the their them then there there's these they third this those to under
  understood unfortunately until use used usually very visit wanted wants was we we'd we'll we're we've were what when where whether
  which while who why will with within without would yes yet you you'd you'll you're you've your facts`.split(/\s+/)
)
const WORD = /\p{Script=Latin}[\p{Script=Latin}\p{M}\d'&-]*/gu
/** Letters of scripts that neither language is written in: look-alikes, most of all. */
const FOREIGN = /[^\p{Script=Latin}\p{Script=Han}\P{L}]+/gu
const ADDRESS = /https?:\S+|www\.\S+|[^\s@]+@[^\s@]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org|io|co|uk|hk|bank|app|info|xyz|top)\b/gi
const TITLED = /\p{Script=Han}(?:先生|女士|小姐|太太|经理|主任|行长|經理|行長)/gu
const TITLE_WORDS = new Set(['理经理', '户经理', '品经理', '务经理', '户經理', '堂经理'])
const HOUSES = /\p{Script=Han}{2}(?:银行|保险|基金|证券|集团|公司|銀行|保險|證券|集團)/gu
const QUOTED = /[《「『“"]([^》」』”"]{2,40})[》」』”"]/gu

/** The first name, quoted title or address of `answer` that `given` does not hold. Refuses too much rather than too little. */
export function inventedName(answer: string, given: string, language: Language): string | undefined {
  const known = plain(given)
  const words = new Set(known.match(WORD) ?? [])
  for (const [address] of answer.matchAll(ADDRESS)) if (!known.includes(plain(address))) return address
  for (const [letters] of answer.matchAll(FOREIGN)) if (!known.includes(plain(letters))) return letters
  for (const match of answer.matchAll(WORD)) {
    const word = plain(match[0]).replace(/'s?$/, '')
    if (words.has(word) || words.has(`${word}'s`) || word === 'i' || /^i'/.test(word)) continue
    // In Chinese every Latin word is a name of something; in English those with a capital.
    if (language === 'en' && !/\p{Lu}/u.test(match[0])) continue
    if (language === 'en' && STARTERS.has(plain(match[0])) && beginsSentence(answer, match.index)) continue
    return match[0]
  }
  if (language === 'en') return [...answer.matchAll(/\p{Script=Han}+/gu)].map(([han]) => han).find((han) => !known.includes(han))
  for (const [titled] of answer.matchAll(TITLED)) if (!known.includes(titled) && !TITLE_WORDS.has(titled)) return titled
  for (const [house] of answer.matchAll(HOUSES)) if (!known.includes(house) && !/[们本我该在到的]/.test(house.charAt(1))) return house
  for (const [, quoted = ''] of answer.matchAll(QUOTED)) if (!known.includes(plain(quoted))) return quoted
  return undefined
}

const plain = (text: string): string => text.replace(/[’‘]/g, "'").toLowerCase()

const beginsSentence = (text: string, at: number): boolean => /(?:^|[.!?:;\n"“(•-])\s*$/.test(text.slice(0, at))
