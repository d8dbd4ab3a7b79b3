import type { Language } from '../../src-shared/taxonomy.ts'
import { isHan } from './text/fold.ts'
import { TRADITIONAL } from './text/traditional.ts'

/** One Han character says about as much as this many Latin letters. */
const LETTERS_PER_HAN = 3

/** English or Chinese, by which script says more; English when the text says nothing ("4242?"). */
export function languageOf(text: string): Language {
  let han = 0
  let latin = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (isHan(code)) han++
    else if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) latin++
  }
  return han > 0 && han * LETTERS_PER_HAN >= latin ? 'zh' : 'en'
}

const TRADITIONAL_ONLY = new Set(TRADITIONAL)

/** Whether it is written with traditional characters. */
export const isTraditional = (text: string): boolean => [...text].some((char) => TRADITIONAL_ONLY.has(char))
