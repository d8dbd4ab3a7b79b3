/** How many frames the page gets to show the field: about two seconds. */
const FRAMES = 120

/** Goes to the field for a number as soon as it is there; its room may have to be fetched first. */
export function focusDialler(frames = FRAMES): void {
  const field = document.querySelector<HTMLInputElement>('[data-dialler]')
  if (field) {
    field.focus()
    field.select()
  } else if (frames > 0) requestAnimationFrame(() => focusDialler(frames - 1))
}
