import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { ClientRetryPlugin, type ClientRetryPluginContext } from '@orpc/client/plugins'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../src-shared/contract/contract.ts'
import type { Refusal } from '../src-shared/errors.ts'
import { ReSocket } from './resocket.ts'
import { inElectron } from './session/token.ts'

export type Client = ContractRouterClient<Contract, ClientRetryPluginContext>

export interface Connection {
  client: Client
  close(): void
}

/**
 * Opens the API. `seat` is the secret from sign-in, or `undefined` for a connection that may only sign in. `onState` tells whether
 * the host answers; `onGone` that the seat is no longer valid.
 */
export function connect(seat: string | undefined, onState: (up: boolean) => void, onGone: () => void): Connection {
  const plugins = () => [new ClientRetryPlugin<ClientRetryPluginContext>()]
  if (inElectron()) {
    const { port1, port2 } = new MessageChannel()
    // The preload checks source and shape; a file: page has the opaque origin 'null', which postMessage cannot name.
    const target = location.protocol === 'file:' ? '*' : location.origin
    window.postMessage({ type: 'sidetone:connect', seat }, target, [port2])
    port1.start()
    queueMicrotask(() => onState(true))
    return {
      client: createORPCClient(new PortLink<ClientRetryPluginContext>({ port: port1, plugins: plugins() })),
      close: () => port1.close()
    }
  }
  const url = `${location.origin.replace(/^http/, 'ws')}/rpc${seat ? `?seat=${encodeURIComponent(seat)}` : ''}`
  const websocket = new ReSocket(url, onState)
  websocket.addEventListener('gone', onGone)
  return {
    client: createORPCClient(new SocketLink<ClientRetryPluginContext>({ websocket, plugins: plugins() })),
    close: () => websocket.close()
  }
}

/** What the host said no with, or `undefined` when the failure was the connection's (a dropped socket, a closed port). */
export function refusalOf(error: unknown): Refusal | undefined {
  const { code, data } = (error ?? {}) as { code?: unknown; data?: unknown } // an error can be anything
  return code === 'REFUSED' && data && typeof data === 'object' ? (data as Refusal) : undefined
}
