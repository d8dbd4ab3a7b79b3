import { contextBridge, ipcRenderer } from 'electron'

/** One port: the page hands over its end of a MessageChannel; main answers on it. And news that main has for the page. */
contextBridge.exposeInMainWorld('sidetone', { host: 'electron' })

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || event.origin !== location.origin) return
  const message = event.data as { type?: unknown; seat?: unknown } | null // anything can be posted; checked on the next line
  if (message?.type !== 'sidetone:connect' || !event.ports[0]) return
  ipcRenderer.postMessage('sidetone:connect', typeof message.seat === 'string' ? message.seat : undefined, [event.ports[0]])
})

// Plain data that main made; the page checks what it is.
ipcRenderer.on('sidetone:tell', (_event, message: unknown) => window.postMessage(message, location.origin))
