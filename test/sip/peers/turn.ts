import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { REALM } from '../lab/kamailio.ts'
import type { Lab } from '../lab/lab.ts'
import { start } from '../lab/process.ts'
import { until } from '../lab/until.ts'

/** coturn: the only way out for media of a network that lets nothing else through (RFC 8656). */
interface TurnServer {
  /** As the account names it. */
  readonly server: { urls: string; username: string; credential: string }
  log(): string
  stop(): Promise<void>
}

export async function startTurn(lab: Lab): Promise<TurnServer> {
  const [port, from] = [await lab.ports.take(), await lab.ports.take()]
  // Ports come in twos, and in order as long as nobody else takes some: these are relayed from.
  for (let taken = from; taken < from + 20; ) taken = await lab.ports.take()
  const dir = join(lab.dir, `turn-${port}`)
  mkdirSync(dir)
  const [username, credential] = ['relay', 'secret-relay']
  const running = await start(
    'turnserver',
    [
      '-n', // no configuration file
      ...['--listening-ip', '127.0.0.1', '--listening-port', port, '--relay-ip', '127.0.0.1'],
      ...['--min-port', from, '--max-port', from + 19],
      ...['--realm', REALM, '--lt-cred-mech', '--user', `${username}:${credential}`],
      // Everybody is on loopback here.
      '--allow-loopback-peers',
      ...['--no-cli', '--cli-password', 'nobody-asks', '--no-tls', '--no-dtls', '--no-tcp'],
      ...['--userdb', join(dir, 'users'), '--pidfile', join(dir, 'pid'), '--log-file', 'stdout', '--verbose']
    ],
    { dir, name: 'turn' }
  )
  const stop = () => running.stop(500)
  lab.onClose(stop)
  await until('coturn listens', () => /IPv4\. UDP listener opened on|UDP listener opened on: ?127/.test(running.log()) || !running.alive, {
    seen: () => running.log()
  })
  if (!running.alive) throw new Error(`coturn ended at once:\n${running.log()}`)
  return { server: { urls: `turn:127.0.0.1:${port}?transport=udp`, username, credential }, log: () => running.log(), stop }
}
