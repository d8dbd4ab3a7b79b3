import url from './pcm-worklet.ts?worker&url'

/** Where the bundled worklet lies: a file of our own origin, as the page's security policy wants it. */
export const WORKLET_URL: string = url
