import JsSIP from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession'
import { bareScreen } from './bare-screen.ts'

/** JsSIP with nothing around it. */
const { server, user, secret, domain } = bareScreen.account()
const agent = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(server)], uri: `sip:${user}@${domain}`, password: secret })
agent.on('registered', () => bareScreen.registered())
agent.on('newRTCSession', ({ session }: { session: RTCSession }) => {
  bareScreen.ring({
    accept: () => session.answer({ mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } }),
    hangUp: () => session.terminate()
  })
  session.on('peerconnection', ({ peerconnection }) =>
    peerconnection.addEventListener('track', ({ track }) => bareScreen.play(new MediaStream([track])))
  )
  // JsSIP waits for the end of gathering unless it is told that a candidate is good enough; loopback's first one is.
  session.on('icecandidate', ({ ready }) => ready())
  session.on('ended', () => bareScreen.over())
  session.on('failed', () => bareScreen.over())
})
agent.start()
