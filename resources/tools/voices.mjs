// Renders what the practice customers and colleagues say, once, into resources/practice/voices/<scenario>/<line>.ulaw. Needs espeak-ng and sox; only lines whose text or voice changed are made again. `--all` makes everything again.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { spoken } from './spoken.mjs'

const resources = join(import.meta.dirname, '..')
const practice = join(resources, 'practice')
const voices = join(practice, 'voices')
/** Part of every line's hash: raise it when the recipe below changes. */
const RECIPE = 3

const json = (file) => JSON.parse(readFileSync(file, 'utf8'))
const run = (program, args, input) => execFileSync(program, args, { input, maxBuffer: 64 << 20, stdio: ['pipe', 'pipe', 'inherit'] })

/** Those who answer when an agent dials: one voice a language and role, in folders such as `en-colleague`. */
function partiesToSay(cast) {
  const parties = json(join(practice, 'parties.json'))
  return Object.entries(parties).flatMap(([language, roles]) =>
    Object.entries(roles).map(([role, { opening, replies, nudge }]) => {
      const id = `${language}-${role}`
      const voice = cast.parties[id]
      if (!voice) throw new Error(`voices/cast.json: ${id} has no voice`)
      return { id, language, voice: { ...voice, peakDb: -5 }, lines: [opening, ...replies, nudge] }
    })
  )
}

/** Who speaks how: cast.json gives each customer a voice, and some scenarios a temper. */
function voiceFor(cast, scenario) {
  const voice = cast.customers[scenario.customerId]
  if (!voice) throw new Error(`voices/cast.json: ${scenario.customerId} of scenario ${scenario.id} has no voice`)
  const temper = cast.tempers[scenario.id] ?? {}
  return {
    variant: voice.variant,
    pitch: voice.pitch + (temper.pitch ?? 0),
    speed: voice.speed + (temper.speed ?? 0),
    peakDb: temper.peakDb ?? -5
  }
}

const linesOf = (scenario) => [scenario.opening, ...scenario.steps.flatMap((step) => [step.say, step.nudge].filter(Boolean))]

function render(text, voice, file) {
  const speech = run('espeak-ng', ['--stdout', '-v', voice.variant, '-p', String(voice.pitch), '-s', String(voice.speed), text])
  mkdirSync(dirname(file), { recursive: true })
  // A phone line carries about 300 to 3400 Hz (ITU-T G.712); the ends are trimmed of silence so that turns follow naturally.
  const trim = ['silence', '1', '0.02', '0.5%']
  run(
    'sox',
    ['-R', '-D', '-G', '-t', 'wav', '--ignore-length', '-', '-t', 'raw', '-r', '8000', '-c', '1', '-e', 'mu-law', '-b', '8', file]
      .concat(['highpass', '280', 'lowpass', '3400', 'rate', '8000', ...trim, 'reverse', ...trim, 'reverse'])
      .concat(['gain', '-7', 'compand', '0.01,0.15', '-50,-50,-30,-20,0,-8', 'gain', '-n', String(voice.peakDb), 'pad', '0.08', '0.12']),
    speech
  )
}

function renderVoices(all) {
  const cast = json(join(voices, 'cast.json'))
  const manifestFile = join(voices, 'manifest.json')
  const before = existsSync(manifestFile) && !all ? json(manifestFile) : {}
  const after = {}
  let made = 0
  const scenarios = readdirSync(join(practice, 'scenarios'))
    .sort()
    .map((name) => json(join(practice, 'scenarios', name)))
    .filter((scenario) => scenario.channels.includes('voice'))
    .map((scenario) => ({ id: scenario.id, language: scenario.language, voice: voiceFor(cast, scenario), lines: linesOf(scenario) }))
  for (const { id, language, voice, lines } of [...scenarios, ...partiesToSay(cast)]) {
    for (const line of lines) {
      const text = spoken(line.text, language)
      const key = `${id}/${line.id}`
      const file = join(voices, `${key}.ulaw`)
      after[key] = createHash('sha256')
        .update(JSON.stringify([RECIPE, text, voice]))
        .digest('hex')
        .slice(0, 16)
      if (after[key] === before[key] && existsSync(file)) continue
      render(text, voice, file)
      made += 1
    }
  }
  const gone = removeOthers(after)
  writeFileSync(manifestFile, `${JSON.stringify(after, null, 1)}\n`)
  const bytes = Object.keys(after).reduce((sum, key) => sum + statSync(join(voices, `${key}.ulaw`)).size, 0)
  console.log(`voices: ${Object.keys(after).length} lines, ${made} made, ${gone} removed, ${(bytes / 1e6).toFixed(2)} MB`)
}

/** Files of lines that are no longer said. */
function removeOthers(wanted) {
  let gone = 0
  for (const folder of readdirSync(voices, { withFileTypes: true })) {
    if (!folder.isDirectory()) continue
    for (const file of readdirSync(join(voices, folder.name))) {
      if (`${folder.name}/${file.replace(/\.ulaw$/, '')}` in wanted) continue
      rmSync(join(voices, folder.name, file))
      gone += 1
    }
    if (readdirSync(join(voices, folder.name)).length === 0) rmSync(join(voices, folder.name), { recursive: true })
  }
  return gone
}

renderVoices(process.argv.includes('--all'))
