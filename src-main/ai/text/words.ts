/** One Latin-script word of a folded text. */
export interface Word {
  stem: string
  /** The word itself, lower case. */
  form: string
  start: number
  end: number
  /** Words of one clause share a number: commas, stops and "but" begin a new one. */
  clause: number
  /** Words of one sentence share a number. */
  sentence: number
}

const IRREGULAR: Readonly<Record<string, string>> = {
  lost: 'lose',
  losing: 'lose',
  loses: 'lose',
  stole: 'steal',
  stolen: 'steal',
  paid: 'pay',
  sent: 'send',
  bought: 'buy',
  forgot: 'forget',
  forgotten: 'forget',
  went: 'go',
  gone: 'go',
  goes: 'go',
  took: 'take',
  taken: 'take',
  told: 'tell',
  said: 'say',
  spent: 'spend',
  gave: 'give',
  given: 'give',
  got: 'get',
  gotten: 'get',
  made: 'make',
  came: 'come',
  left: 'leave',
  kept: 'keep',
  felt: 'feel',
  spoke: 'speak',
  spoken: 'speak',
  thought: 'think',
  brought: 'bring',
  saw: 'see',
  seen: 'see',
  broke: 'break',
  broken: 'break',
  hid: 'hide',
  hidden: 'hide',
  withdrew: 'withdraw',
  withdrawn: 'withdraw',
  knew: 'know',
  known: 'know',
  did: 'do',
  does: 'do',
  done: 'do',
  was: 'be',
  were: 'be',
  is: 'be',
  are: 'be',
  am: 'be',
  has: 'have',
  had: 'have',
  bigger: 'big',
  biggest: 'big',
  dying: 'die',
  died: 'die',
  dies: 'die',
  cannot: 'cant',
  ive: 'i',
  im: 'i',
  id: 'id',
  money: 'money',
  monies: 'money',
  acct: 'account',
  acc: 'account',
  pls: 'please',
  plz: 'please',
  addr: 'address',
  tx: 'transaction',
  txn: 'transaction',
  mins: 'minute',
  min: 'minimum',
  max: 'maximum',
  swore: 'swear',
  sworn: 'swear',
  people: 'person',
  children: 'child',
  bit: 'bit',
  better: 'better',
  worse: 'worse'
}
const KEEP = new Set([
  'this',
  'please',
  'pleased',
  'balanced',
  'his',
  'its',
  'us',
  'yes',
  'bus',
  'plus',
  'gas',
  'as',
  'news',
  'always',
  'thanks',
  'sometimes',
  'savings',
  'nothing',
  'something',
  'anything',
  'everything',
  'during',
  'thing',
  'red',
  'need',
  'feed',
  'speed',
  'used',
  'bed',
  'king',
  'string',
  'bring',
  'sing',
  'ring',
  'morning',
  'evening',
  'less',
  'loss',
  'minus',
  'status',
  'bonus',
  'access',
  'address',
  'business',
  'process',
  'ridiculous',
  'unless',
  'across',
  'guess',
  'previous',
  'serious',
  'suspicious',
  'stress',
  'pass',
  'class',
  'miss',
  'boss',
  'mess',
  'useless',
  'hopeless',
  'careless',
  'pathetic',
  'wellbeing',
  'being'
])

/** Light English stemming: enough that "transferred", "transfers" and "transferring" meet, and no more. Not Porter: cues stay readable. */
export function stem(word: string): string {
  const irregular = IRREGULAR[word]
  if (irregular !== undefined && Object.hasOwn(IRREGULAR, word)) return silentE(irregular)
  if (word.length <= 3 || KEEP.has(word)) return word
  let base = word
  if (base.endsWith('ies') && base.length > 4) return `${base.slice(0, -3)}y`
  if (/(ss|sh|ch|x|zz)es$/.test(base)) base = base.slice(0, -2)
  else if (base.endsWith('s') && !/(ss|us|is)$/.test(base)) base = base.slice(0, -1)
  if (KEEP.has(base)) return base
  if (base.endsWith('ied') && base.length > 4) return `${base.slice(0, -3)}y`
  if (base.endsWith('ing') && base.length > 5) base = undouble(base.slice(0, -3))
  else if (base.endsWith('ed') && base.length > 4 && !base.endsWith('eed')) base = undouble(base.slice(0, -2))
  else if (base.endsWith('ly') && base.length > 6) base = base.slice(0, -2)
  // "charge", "charged" and "charging" meet only when the silent e goes everywhere.
  return silentE(base)
}

function silentE(base: string): string {
  return base.length > 3 && base.endsWith('e') && !base.endsWith('ee') ? base.slice(0, -1) : base
}

function undouble(base: string): string {
  return /([bdgmnprt])\1$/.test(base) ? base.slice(0, -1) : base
}

const WORD = /[a-z\u00e0-\u024f]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*/g
const CLAUSE_WORDS = new Set(['but', 'however', 'although', 'because'])

/** The Latin-script words and numbers of a folded text, with their places. */
export function wordsOf(folded: string): Word[] {
  const words: Word[] = []
  let clause = 0
  let sentence = 0
  let last = 0
  for (const match of folded.matchAll(WORD)) {
    for (let i = last; i < match.index; i++) {
      const mark = folded[i]
      if (
        mark === '.' ||
        mark === '?' ||
        mark === '!' ||
        mark === '\n' ||
        mark === ';' ||
        mark === '。' ||
        mark === '？' ||
        mark === '！' ||
        mark === '；'
      ) {
        sentence++
        clause++
      } else if (mark === ',' || mark === ':' || mark === '，' || mark === '：' || mark === '(' || mark === ')') clause++
    }
    last = match.index + match[0].length
    const plain = plainWord(match[0])
    if (CLAUSE_WORDS.has(plain)) clause++
    words.push({ stem: stem(plain), form: plain, start: match.index, end: last, clause, sentence })
  }
  return words
}

/** "i'd" is "i", "don't" is "dont", "customer's" is "customer". */
export function plainWord(raw: string): string {
  const at = raw.indexOf("'")
  if (at < 0) return raw
  return raw.endsWith("n't") ? raw.replace("'", '') : raw.slice(0, at)
}
