import { contextBridge, ipcRenderer } from 'electron'

/** One port, nothing else: the page hands over its end of a MessageChannel; main answers on it. */
contextBridge.exposeInMainWorld('sidetone', { host: 'electron' })

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || event.origin !== location.origin) return
  const message = event.data as { type?: unknown; seat?: unknown } | null // anything can be posted; checked on the next line
  if (message?.type !== 'sidetone:connect' || !event.ports[0]) return
  ipcRenderer.postMessage('sidetone:connect', typeof message.seat === 'string' ? message.seat : undefined, [event.ports[0]])
})
