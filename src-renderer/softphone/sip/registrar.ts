import { Registerer, RegistererState, type UserAgent, Web } from 'sip.js'
import type { Account } from '../call/line.ts'
import type { Input } from '../call/state.ts'
import { guard, words } from './leg.ts'

/** The line's way to the PBX: which server, the connection to it, and the registration (RFC 3261 10, 5626, 7118). */
export interface Registrar {
  connect(server: number): void
  disconnect(): void
  register(): void
  unregister(): void
  ping(): void
  probe(server: number): void
  /** No more news. */
  close(): void
}

const EXPIRES_S = 120
const REFRESH_PERCENT = 90
const PROBE_MS = 5_000
/** How long an old connection may take to close before the next one is opened beside it. */
const LEAVE_MS = 300

/** `registered` is called before the phone hears of it. */
export function createRegistrar(account: Account, agent: UserAgent, emit: (input: Input) => void, registered: () => void): Registrar {
  let registerer: Registerer | undefined
  let leaving: Promise<unknown> = Promise.resolve()

  function choose(server: number): void {
    const address = account.servers[server]
    const { transport } = agent
    if (address === undefined || !(transport instanceof Web.Transport)) return
    // SIP.js fixes the address when it is made, but a new agent would lose the dialogs; the next socket reads it from here.
    const inner = transport as unknown as { configuration: { server: string } }
    inner.configuration.server = address
  }

  async function open(server: number): Promise<void> {
    // A connection that carries nothing closes after a minute at best: SIP.js may begin the next one before.
    await Promise.race([leaving, new Promise((resolve) => setTimeout(resolve, LEAVE_MS))])
    // Only the registration was lost: no news of a connection will come.
    if (agent.isConnected()) {
      emit({ type: 'connected' })
      return
    }
    choose(server)
    // `start` only once; after that the same agent comes back, so that its dialogs live on.
    await (agent.state === 'Started' ? agent.reconnect() : agent.start())
  }

  /**
   * A Registerer that lost its connection still thinks that it is registered: it would refresh beside its successor for ever, and
   * disposing of it would take the contact from the registrar that the successor put there.
   */
  function forget(former: Registerer): void {
    // No public way ends its timers without a request.
    const inner = former as unknown as { unregistered(): void }
    inner.unregistered()
    void former.dispose()
  }

  return {
    connect(server) {
      open(server).catch((error: unknown) => emit({ type: 'disconnected', reason: words(error) }))
    },
    disconnect() {
      leaving = agent.transport.disconnect().catch((error: unknown) => console.warn(`disconnecting: ${words(error)}`))
    },
    register() {
      const mine = new Registerer(agent, { expires: EXPIRES_S, refreshFrequency: REFRESH_PERCENT, regId: 1 })
      const former = registerer
      registerer = mine
      if (former) guard('forgetting a registration', () => forget(former))
      const unregistered = (reason: string, status?: number) => {
        if (registerer === mine) emit({ type: 'unregistered', status, reason })
      }
      mine.stateChange.addListener((state) => {
        if (registerer !== mine) return
        if (state === RegistererState.Registered) {
          registered()
          emit({ type: 'registered' })
        }
        // Later in this turn the delegate below says why, where the far end did.
        if (state === RegistererState.Unregistered) queueMicrotask(() => unregistered('registration ended'))
      })
      try {
        mine
          .register({ requestDelegate: { onReject: ({ message }) => unregistered(message.reasonPhrase ?? 'refused', message.statusCode) } })
          .catch((error: unknown) => unregistered(words(error)))
      } catch (error) {
        unregistered(words(error))
      }
    },
    unregister() {
      const mine = registerer
      registerer = undefined
      // Says so to the registrar where it was registered.
      guard('unregistering', () => void mine?.dispose())
    },
    ping() {
      guard('OPTIONS', () => {
        const core = agent.userAgentCore
        const { uri } = agent.configuration
        const to = uri.clone()
        to.user = undefined
        const request = core.makeOutgoingRequestMessage('OPTIONS', to, uri, uri, {})
        const answered = ({ message }: { message: { statusCode?: number | undefined } }) => {
          // 408 and 503 may be SIP.js's own invention for "nothing came".
          if (message.statusCode !== 408 && message.statusCode !== 503) emit({ type: 'pong' })
        }
        core.request(request, { onAccept: answered, onReject: answered, onRedirect: answered })
      })
    },
    probe(server) {
      const address = account.servers[server]
      if (address === undefined) return
      guard('probing', () => {
        const socket = new WebSocket(address, 'sip')
        const late = setTimeout(() => socket.close(), PROBE_MS)
        socket.addEventListener('open', () => {
          socket.close()
          emit({ type: 'server-back' })
        })
        socket.addEventListener('close', () => clearTimeout(late))
      })
    },
    close() {
      registerer = undefined
    }
  }
}
