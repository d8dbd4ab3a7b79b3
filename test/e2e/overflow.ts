import type { Page } from '@playwright/test'

/**
 * What does not fit on the page now: text cut off without an ellipsis and a title that tells the rest, text drawn outside its own box,
 * text lying on other text, and a page wider than its window. One line a fault, for a failed test's message.
 */
export const misfits = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const faults: string[] = []
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${String(element.getAttribute('class') ?? '').replace(/\s*svelte-\w+/g, '')} "${(element.textContent ?? '').trim().slice(0, 50)}"`
    const shown = (element: HTMLElement) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      !element.closest('.visually-hidden, .skip, svg, [data-sonner-toaster]')
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth}`)

    const texts: { element: HTMLElement; box: DOMRect }[] = []
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!shown(element)) continue
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '')
      if (own.length === 0) continue
      const style = getComputedStyle(element)
      const clips = style.overflowX === 'hidden' || style.overflowX === 'clip'
      const cut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && style.display !== 'inline'
      if (cut && !/auto|scroll/.test(style.overflowX) && !/^(INPUT|TEXTAREA)$/.test(element.tagName)) {
        const ellipsis = clips && style.textOverflow === 'ellipsis'
        const told = element.closest('[title]')
        if (!ellipsis || !told)
          faults.push(`cut: ${name(element)} ${element.scrollWidth} in ${element.clientWidth}${ellipsis ? ', no title' : ''}`)
      }
      // The words themselves against every box that clips them.
      for (const node of own) {
        const range = document.createRange()
        range.selectNodeContents(node)
        const box = range.getBoundingClientRect()
        if (box.width === 0) continue
        let clipped = false
        for (let up: HTMLElement | null = element; up && up !== document.body; up = up.parentElement) {
          const outer = getComputedStyle(up)
          if (outer.overflowX === 'visible') continue
          const frame = up.getBoundingClientRect()
          if (/auto|scroll/.test(outer.overflowX) || /auto|scroll/.test(outer.overflowY)) {
            clipped ||= box.bottom > frame.bottom || box.top < frame.top
            if (/auto|scroll/.test(outer.overflowX)) break
          }
          if (outer.textOverflow !== 'ellipsis' && (box.right > frame.right + 1.5 || box.left < frame.left - 1.5))
            faults.push(`clipped: ${name(element)} by ${name(up).slice(0, 40)}`)
          clipped = true
          break
        }
        if (!clipped && (box.right > innerWidth + 1 || box.left < -1)) faults.push(`outside the window: ${name(element)}`)
        texts.push({ element, box })
      }
    }

    // Words on words: only within one parent, so that what floats above the page does not count.
    for (let i = 0; i < texts.length; i++)
      for (let j = i + 1; j < texts.length; j++) {
        const [a, b] = [texts[i], texts[j]]
        if (!a || !b || a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element)) continue
        const near =
          a.element.parentElement === b.element.parentElement ||
          a.element.parentElement?.parentElement === b.element.parentElement?.parentElement
        if (!near) continue
        const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
        const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
        const clipped = [a, b].some(({ element }) => getComputedStyle(element).overflowX !== 'visible')
        if (wide > 2 && high > 3 && !clipped) faults.push(`overlap: ${name(a.element)} and ${name(b.element)}`)
      }
    return [...new Set(faults)]
  })
