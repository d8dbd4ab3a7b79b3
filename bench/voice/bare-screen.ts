/** The least a screen needs to take a call: one line and two buttons. */
export interface BareAccount {
  server: string
  domain: string
  user: string
  secret: string
}

const element = (tag: string, id: string, text: string) => {
  const made = document.createElement(tag)
  made.id = id
  made.textContent = text
  return made
}
let audio: HTMLAudioElement | undefined

export const bareScreen = {
  account: () => JSON.parse(decodeURIComponent(location.hash.slice(1))) as BareAccount, // written by the bench
  registered: () => void document.body.append(element('p', 'registered', 'registered')),
  ring({ accept, hangUp }: { accept: () => void; hangUp: () => void }) {
    const ringing = element('p', 'ringing', 'A call')
    const yes = element('button', 'accept', 'Accept')
    const no = element('button', 'hang-up', 'Hang up')
    yes.addEventListener('click', accept)
    no.addEventListener('click', hangUp)
    ringing.append(yes, no)
    document.body.append(ringing)
  },
  play(stream: MediaStream) {
    audio = new Audio()
    audio.srcObject = stream
    void audio.play()
  },
  over() {
    audio?.pause()
    document.getElementById('ringing')?.remove()
  }
}
