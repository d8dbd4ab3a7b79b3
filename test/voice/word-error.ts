/** Word error rate: how many words must be replaced, added or taken away (Levenshtein 1966), by the number of words that were said. */
export function wordErrorRatio(said: string, heard: string): number {
  const [wanted, got] = [said, heard].map((text) => text.toLowerCase().split(/\s+/).filter(Boolean)) as [string[], string[]] // two in, two out
  let before = Array.from({ length: got.length + 1 }, (_, i) => i)
  for (const [i, word] of wanted.entries()) {
    const row = [i + 1]
    for (const [j, other] of got.entries())
      row.push(Math.min((row[j] ?? 0) + 1, (before[j + 1] ?? 0) + 1, (before[j] ?? 0) + (word === other ? 0 : 1)))
    before = row
  }
  return (before.at(-1) ?? 0) / wanted.length
}
