import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as electron from 'electron'
import { startApp } from './electron/app.ts'
import { contentSecurityPolicy } from './host/policy.ts'
import { createLog } from './workplace/log.ts'
import { openWorkplace } from './workplace/workplace.ts'

/** The desktop app's door. Never awaits at top level: Electron's 'ready' waits for this module (electron#40719). */

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// What is written is for its owner only; on Windows the rights of the user's folder say so.
process.umask(0o077)

void startApp(electron, {
  preload: here('../preload/preload.cjs'),
  renderer: here('../renderer'),
  contentSecurityPolicy,
  argv: process.argv.slice(1),
  async open(dir, key) {
    const log = createLog(join(dir, 'log'))
    // In an installed app `resources` lies beside the archive, because voices and models are read as plain files.
    const resources = electron.app.isPackaged ? join(process.resourcesPath, 'resources') : here('../../resources')
    const workplace = await openWorkplace({ dir, key, host: 'electron', version: electron.app.getVersion(), resources, log: log.write })
    return {
      context: workplace.context,
      attended: workplace.attended,
      phoneServers: workplace.phoneServers,
      log: log.write,
      async close() {
        await workplace.close()
        log.close()
      }
    }
  }
}).catch((error: unknown) => {
  electron.dialog.showErrorBox('Sidetone could not start', error instanceof Error ? error.message : String(error))
  electron.app.exit(1)
})
