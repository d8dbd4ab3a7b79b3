// `node --import test/fakes/electron-hook.mjs`: whoever asks for `electron` gets the stand-in.
import { registerHooks } from 'node:module'

const fake = new URL('./electron.ts', import.meta.url).href
registerHooks({
  resolve: (name, context, next) => (name === 'electron' ? { url: fake, shortCircuit: true } : next(name, context))
})
