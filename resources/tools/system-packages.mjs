// What the tests need of the system besides npm: a Chromium-family browser, fonts that have Chinese glyphs, real SIP
// peers, and a real speech recogniser with speech for it.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const NEEDED = [
  {
    debian: 'chromium',
    what: 'Chromium, Chrome or Edge',
    there: () => Boolean(process.env.SIDETONE_CHROMIUM) || browsers().some((file) => existsSync(file))
  },
  { debian: 'fonts-noto-cjk', what: 'fonts with Chinese characters', there: () => process.platform !== 'linux' || hasChineseFont() }
]

const hasProgram = (name) =>
  (process.env.PATH ?? '')
    .split(':')
    .concat('/usr/sbin')
    .some((dir) => dir && existsSync(join(dir, name)))
const hasKamailioModule = (file) =>
  ['/usr/lib', '/usr/lib64']
    .filter((dir) => existsSync(dir))
    .flatMap((dir) => [
      dir,
      ...readdirSync(dir)
        .filter((one) => one.endsWith('-linux-gnu'))
        .map((one) => join(dir, one))
    ])
    .some((dir) => existsSync(join(dir, 'kamailio/modules', file)))

/** What docs/sip-lab.md describes. */
const SIP_PEERS = [
  { debian: 'kamailio', what: 'Kamailio', there: () => hasProgram('kamailio') && hasProgram('kamcmd') },
  { debian: 'kamailio-websocket-modules', what: "Kamailio's WebSocket module", there: () => hasKamailioModule('websocket.so') },
  { debian: 'rtpengine-daemon', what: 'rtpengine', there: () => hasProgram('rtpengine') },
  { debian: 'sip-tester', what: 'SIPp', there: () => hasProgram('sipp') },
  { debian: 'baresip-core', what: 'baresip', there: () => hasProgram('baresip') },
  { debian: 'linphone-cli', what: 'linphone (linphonec)', there: () => hasProgram('linphonec') },
  { debian: 'coturn', what: 'coturn (turnserver)', there: () => hasProgram('turnserver') },
  { debian: 'iproute2', what: 'ip (iproute2)', there: () => hasProgram('ip') }
]

const PYTHON_PACKAGES = '/usr/lib/python3/dist-packages'

/** What docs/transcriber.md describes. */
const RECOGNISER = [
  {
    debian: 'pocketsphinx-en-us',
    what: "PocketSphinx's model of English",
    there: () => existsSync('/usr/share/pocketsphinx/model/en-us/en-us.lm.bin')
  },
  { debian: 'python3-pocketsphinx', what: 'PocketSphinx for Python', there: () => existsSync(join(PYTHON_PACKAGES, 'pocketsphinx')) },
  { debian: 'python3-websockets', what: 'websockets for Python', there: () => existsSync(join(PYTHON_PACKAGES, 'websockets')) },
  { debian: 'flite', what: 'flite, which speaks', there: () => hasProgram('flite') },
  {
    debian: 'asterisk-core-sounds-en-wav',
    what: 'recorded English speech',
    there: () => existsSync('/usr/share/asterisk/sounds/en_US_f_Allison/one-moment-please.wav')
  }
]

/** What each part of the tests needs besides what all need. */
const OF_PART = { unit: RECOGNISER, e2e: [...SIP_PEERS, ...RECOGNISER], sip: SIP_PEERS }

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

/** Debian asks this file before it starts the daemon of a package just installed; 101 means: do not. */
const POLICY = '/usr/sbin/policy-rc.d'

/** Runs `install` while no daemon is started by it, and leaves the system's policy as it was. */
function withoutStartingDaemons(install) {
  if (existsSync(POLICY)) return install() // somebody has decided already
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n')
  chmodSync(POLICY, 0o755)
  try {
    return install()
  } finally {
    rmSync(POLICY)
  }
}

/** Installs what is missing on Debian as root for these parts; elsewhere says what is missing and ends the process. */
export function needSystemPackages(parts) {
  const missing = [...new Set([...NEEDED, ...parts.flatMap((part) => OF_PART[part])])].filter((one) => !one.there())
  if (missing.length === 0) return
  const names = missing.map((one) => one.debian)
  if (isDebian() && process.getuid?.() === 0) {
    console.log(`Installing system packages: ${names.join(' ')}`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const update = spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env })
    const install =
      update.status === 0
        ? withoutStartingDaemons(() =>
            spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { stdio: 'inherit', env })
          )
        : update
    if (install.status === 0) return
  }
  console.error(`The tests need: ${missing.map((one) => one.what).join(', ')}.`)
  if (process.platform !== 'linux' && missing.some((one) => !NEEDED.includes(one)))
    console.error('The SIP peers and the recogniser are looked for where Debian puts them: these tests run on Linux.')
  console.error(
    isDebian()
      ? `Install with: sudo apt-get install ${names.join(' ')}`
      : 'Install it for your system; a browser elsewhere is named by SIDETONE_CHROMIUM=/path/to/it.'
  )
  process.exit(1)
}
