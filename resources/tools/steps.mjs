// Runs commands one after the other under the pinned Node; stops at the first that fails, and says which.
import { spawnSync } from 'node:child_process'
import { pinnedNode, root, toolFile, withPinnedNode } from './pinned-node.mjs'

/** Each step: a name for the reader, a tool of node_modules (or `node`) and its arguments. */
export function runSteps(steps) {
  const node = pinnedNode()
  for (const [name, tool, ...args] of steps) {
    console.log(`\n--- ${name}`)
    const { status } = spawnSync(node, tool === 'node' ? args : [toolFile(tool), ...args], {
      cwd: root,
      stdio: 'inherit',
      env: withPinnedNode(node)
    })
    if (status === 0) continue
    console.error(`\n${name} failed.`)
    process.exit(status ?? 1)
  }
}
