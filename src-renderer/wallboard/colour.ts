type Rgb = readonly [number, number, number]

/** `#rrggbb` or `#rgb` as the tokens have it; anything else is `undefined`. */
function parsed(hex: string): Rgb | undefined {
  const full = hex.replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3') // a minified style sheet writes #fff
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(full)
  if (!match) return undefined
  return [match[1], match[2], match[3]].map((two) => Number.parseInt(two ?? '0', 16)) as unknown as Rgb // three groups, matched above
}

/** `over` laid on `under` with this opacity 0..1, as an opaque colour. Colours that are not `#rrggbb` stay as they are. */
export function mixed(over: string, under: string, opacity: number): string {
  const [a, b] = [parsed(over), parsed(under)]
  if (!a || !b) return over
  const part = (i: 0 | 1 | 2) =>
    Math.round(a[i] * opacity + b[i] * (1 - opacity))
      .toString(16)
      .padStart(2, '0')
  return `#${part(0)}${part(1)}${part(2)}`
}

/** Relative luminance 0..1 (WCAG 2.2). */
function luminance([r, g, b]: Rgb): number {
  const linear = (channel: number) => {
    const c = channel / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/** Contrast ratio 1..21 of two `#rrggbb` colours (WCAG 2.2); 1 for anything else. */
export function contrast(one: string, other: string): number {
  const [a, b] = [parsed(one), parsed(other)]
  if (!a || !b) return 1
  const [x, y] = [luminance(a), luminance(b)]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

/** The more legible of two inks on this ground. */
export const inkOn = (ground: string, ink: string, paper: string): string =>
  contrast(ground, ink) >= contrast(ground, paper) ? ink : paper
