// What the tests need of the system besides npm: a Chromium-family browser and fonts that have Chinese glyphs.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const NEEDED = [
  {
    debian: 'chromium',
    what: 'Chromium, Chrome or Edge',
    there: () => Boolean(process.env.SIDETONE_CHROMIUM) || browsers().some((file) => existsSync(file))
  },
  { debian: 'fonts-noto-cjk', what: 'fonts with Chinese characters', there: () => process.platform !== 'linux' || hasChineseFont() }
]

const browsers = () => [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe'
]
const hasChineseFont = () =>
  existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') ||
  spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout?.trim().length > 0
const isDebian = () => existsSync('/etc/os-release') && /\b(debian|ubuntu)\b/i.test(readFileSync('/etc/os-release', 'utf8'))

/** Installs what is missing on Debian as root; elsewhere says what is missing and ends the process. */
export function needSystemPackages() {
  const missing = NEEDED.filter((one) => !one.there())
  if (missing.length === 0) return
  const names = missing.map((one) => one.debian)
  if (isDebian() && process.getuid?.() === 0) {
    console.log(`Installing system packages: ${names.join(' ')}`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const update = spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env })
    const install =
      update.status === 0
        ? spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { stdio: 'inherit', env })
        : update
    if (install.status === 0) return
  }
  console.error(`The tests need: ${missing.map((one) => one.what).join(', ')}.`)
  console.error(
    isDebian()
      ? `Install with: sudo apt-get install ${names.join(' ')}`
      : 'Install it for your system; a browser elsewhere is named by SIDETONE_CHROMIUM=/path/to/it.'
  )
  process.exit(1)
}
