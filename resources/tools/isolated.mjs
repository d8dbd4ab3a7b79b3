// `node resources/tools/isolated.mjs COMMAND [args]`: runs a command under the pinned Node in a network that has loopback only, so that
// nothing of a test leaves the machine and every port is free. Where the system does not allow that, in the machine's own network.
import { spawnSync } from 'node:child_process'
import { pinnedNode, root, toolFile, withPinnedNode } from './pinned-node.mjs'

const [name, ...args] = process.argv.slice(2)
if (!name) {
  console.error('usage: node resources/tools/isolated.mjs TOOL [args]')
  process.exit(2)
}
const node = pinnedNode()
const command = [node, ...(name === 'node' ? args : [toolFile(name), ...args])]

// The second address and the default route, both on loopback, are for linphone: without them it says that the network is down.
const SETUP = 'ip link set lo up && ip address add 198.18.0.1/32 dev lo && ip route add default dev lo src 198.18.0.1 && exec "$@"'
// In a process space of its own nothing that a test started can outlive it.
const own = ['--net', '--pid', '--fork', '--kill-child', '--mount-proc']
const ways = process.platform === 'linux' ? [own, ['--net'], ['--user', '--map-root-user', ...own]] : []
const way = ways.find((flags) => spawnSync('unshare', [...flags, 'sh', '-c', SETUP, '-', 'true']).status === 0)
if (!way) console.error('A network of its own is not allowed here: the tests use the loopback interface of this machine.')

const [file, ...rest] = way ? ['unshare', ...way, 'sh', '-c', SETUP, '-', ...command] : command
const { status, signal } = spawnSync(file, rest, { cwd: root, stdio: 'inherit', env: withPinnedNode(node) })
process.exitCode = signal ? 1 : (status ?? 1)
