import { Registerer, RegistererState, SessionState, UserAgent, Web } from 'sip.js'
import { bareScreen } from './bare-screen.ts'

/** SIP.js with nothing around it: what a page needs to ring, answer and play. */
const { server, user, secret, domain } = bareScreen.account()
const uri = UserAgent.makeURI(`sip:${user}@${domain}`)
if (!uri) throw new TypeError(`not a SIP user: ${user}`)
const agent = new UserAgent({
  uri,
  authorizationUsername: user,
  authorizationPassword: secret,
  transportOptions: { server },
  logLevel: 'error',
  sessionDescriptionHandlerFactoryOptions: { iceGatheringTimeout: 60 },
  delegate: {
    onInvite(invitation) {
      bareScreen.ring({
        accept: () => void invitation.accept({ sessionDescriptionHandlerOptions: { constraints: { audio: true, video: false } } }),
        hangUp: () => void invitation.bye()
      })
      invitation.delegate = {
        onSessionDescriptionHandler(handler) {
          if (handler instanceof Web.SessionDescriptionHandler)
            handler.peerConnection?.addEventListener('track', ({ track }) => bareScreen.play(new MediaStream([track])))
        }
      }
      invitation.stateChange.addListener((state) => {
        if (state === SessionState.Terminated) bareScreen.over()
      })
    }
  }
})
await agent.start()
const registerer = new Registerer(agent)
registerer.stateChange.addListener((state) => {
  if (state === RegistererState.Registered) bareScreen.registered()
})
await registerer.register()
