// `npm run package [-- electron-builder options]`: builds, then makes installers for this system (or those named: --win --linux --mac).
import { buildIfNeeded } from './build.mjs'
import { runSteps } from './steps.mjs'

buildIfNeeded()
runSteps([['Installers', 'electron-builder', '-c', 'electron-builder.yml', '--publish', 'never', ...process.argv.slice(2)]])
