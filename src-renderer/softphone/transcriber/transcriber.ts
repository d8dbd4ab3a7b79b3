import type { Codec } from './codec.ts'
import { funAsr } from './funasr.ts'
import type { Transcriber } from './port.ts'
import { openSession, type SessionPorts } from './session.ts'
import { VOSK } from './vosk.ts'

/** Which recogniser listens, as the settings name it. */
export interface TranscriberSettings {
  protocol: 'off' | 'vosk' | 'funasr'
  /** ws: or wss: */
  url: string
}

/** The recogniser that the settings name; `undefined` when none shall listen. */
export function createTranscriber({ protocol, url }: TranscriberSettings, ports: SessionPorts): Transcriber | undefined {
  const codec = codecOf(protocol)
  return codec && { open: (speaker, listener) => openSession(url, codec, speaker, listener, ports) }
}

function codecOf(protocol: TranscriberSettings['protocol']): Codec | undefined {
  switch (protocol) {
    case 'off':
      return undefined
    case 'vosk':
      return VOSK
    case 'funasr':
      return funAsr()
  }
}
