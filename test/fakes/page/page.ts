import '../../../src-renderer/styles/tokens.css'
import '../../../src-renderer/styles/base.css'
import { mount } from 'svelte'
import App from '../../../src-renderer/App.svelte'
import type { Connection } from '../../../src-renderer/connect.ts'
import { Entry } from '../../../src-renderer/session/entry.svelte.ts'
import { Preferences } from '../../../src-renderer/session/preferences.svelte.ts'
import { fakeDesk } from '../client.ts'

/** The real renderer on a fake desk, to be looked at: `?role=agent&session=none`. */
const query = new URLSearchParams(location.search)
const desk = fakeDesk(query.get('role') ?? 'agent')
const entry = new Entry({
  // The fake answers the part of the contract that the frame asks for.
  connect: () => ({ client: desk.client as unknown as Connection['client'], close: () => {} }),
  storage: sessionStorage,
  ask: async () => ({ status: query.get('session') === 'none' ? 403 : 204, ok: query.get('session') !== 'none' }),
  needsSession: true
})
const target = document.getElementById('app')
if (!target) throw new Error('no #app')
mount(App, {
  target,
  props: { entry, preferences: new Preferences(localStorage, navigator.languages, matchMedia('(prefers-color-scheme: dark)')) }
})
Object.assign(window, { desk })
if (query.has('seat')) sessionStorage.setItem('sidetone.seat', 'seat-of-the-fake')
void entry.start(undefined)
