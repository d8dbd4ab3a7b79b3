import './styles/tokens.css'
import './styles/base.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { connect } from './connect.ts'
import { fetchDesk } from './frame/fetch-desk.ts'
import { Entry } from './session/entry.svelte.ts'
import { Preferences } from './session/preferences.svelte.ts'
import { inElectron, takeToken } from './session/token.ts'
import { catchDialRequests } from './softphone/screens/dial-request.ts'

// 1. Language and appearance of the last visit, before anything is painted.
const preferences = new Preferences(localStorage, navigator.languages, matchMedia('(prefers-color-scheme: dark)'))
// 2. The one-time token leaves the address before anything else can see it.
const token = takeToken(location, history)
// 3. A number to dial may come before there is a phone.
const channel = new BroadcastChannel('sidetone-dial')
catchDialRequests({ page: window, location, history, storage: sessionStorage, channel })
// 4. The desk is fetched while the host is asked: a tab with a seat needs it at once, any other one soon.
void fetchDesk()
// 5. Session, seat, desk; the screen follows.
const entry = new Entry({ connect, storage: sessionStorage, ask: (input, init) => fetch(input, init), needsSession: !inElectron() })
const target = document.getElementById('app')
if (!target) throw new Error('index.html has no #app')
mount(App, { target, props: { entry, preferences } })
void entry.start(token)
