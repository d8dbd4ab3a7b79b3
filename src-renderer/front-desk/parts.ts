/** A piece of a front desk's text: words as they are said, or the place of a value by its field's name. */
export type Part = { words: string } | { field: string }

/** `{field}` and `{field:format}` are places; everything else is said as it stands. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const place of text.matchAll(/\{(\w+)(?::\w+)?\}/gu)) {
    if (place.index > from) parts.push({ words: text.slice(from, place.index) })
    parts.push({ field: place[1] ?? '' })
    from = place.index + place[0].length
  }
  if (from < text.length) parts.push({ words: text.slice(from) })
  return parts
}
