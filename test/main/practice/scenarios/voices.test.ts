import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadScenarios } from '../../../../src-main/practice/scenarios/load.ts'
import { linesOf, linesOfPart } from '../../../../src-main/practice/scenarios/match.ts'
import { createVoices } from '../../../../src-main/practice/scenarios/voices.ts'
import { PRACTICE_DIR } from './practice-dir.ts'

/** Linear value (-1..1) of one mu-law byte, by the table of ITU-T G.711 written as a formula. */
function linear(byte: number): number {
  const code = ~byte & 0xff
  const size = (((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4)
  return ((code & 0x80 ? -1 : 1) * (size - 0x84)) / 32_768
}

const rmsOf = (ulaw: Uint8Array): number => Math.sqrt(ulaw.reduce((sum, byte) => sum + linear(byte) ** 2, 0) / ulaw.length)

/** Share of the energy that changes from one sample to the next: near 0 for a hum or an offset, near 2 for noise. */
function roughness(ulaw: Uint8Array): number {
  let change = 0
  let energy = 0
  for (let i = 1; i < ulaw.length; i++) {
    const now = linear(ulaw[i] ?? 0xff)
    change += (now - linear(ulaw[i - 1] ?? 0xff)) ** 2
    energy += now ** 2
  }
  return change / energy
}

const { scenarios, parties } = loadScenarios(PRACTICE_DIR)
const customers = scenarios
  .filter((scenario) => scenario.channels.includes('voice'))
  .map((scenario) => ({ id: scenario.id, language: scenario.language, lines: linesOf(scenario) }))
const answering = (['en', 'zh'] as const).flatMap((language) =>
  (['colleague', 'customer'] as const).map((role) => ({
    id: `${language}-${role}`,
    language,
    lines: linesOfPart(parties[language][role])
  }))
)
const spoken = [...customers, ...answering]

describe('the level that these tests measure', () => {
  it('is nothing for silence and full scale for the loudest code', () => {
    expect(rmsOf(new Uint8Array(800).fill(0xff))).toBe(0)
    expect(rmsOf(new Uint8Array(800).fill(0x80))).toBeCloseTo(0.98, 2)
  })
})

describe.each(spoken.map((scenario) => [scenario.id, scenario] as const))('the voice of %s', (_, scenario) => {
  const voices = createVoices(PRACTICE_DIR)

  it.each(scenario.lines.map((line) => [line.id, line] as const))('says %s: 0.5 to 20 seconds of speech at speech level', (_id, line) => {
    const voice = voices.voiceOf(scenario.id, line.id)
    const seconds = voice.length / 8000
    expect(seconds).toBeGreaterThanOrEqual(0.5)
    expect(seconds).toBeLessThanOrEqual(20)
    expect(rmsOf(voice)).toBeGreaterThan(0.03)
    expect(rmsOf(voice)).toBeLessThan(0.4)
    expect(roughness(voice)).toBeGreaterThan(0.02)
    expect(roughness(voice)).toBeLessThan(1.5)
    // Nobody speaks 30 signs a second, or one: a file of another line would stand out.
    const perSecond = line.text.length / seconds
    expect(perSecond).toBeGreaterThan(scenario.language === 'zh' ? 2 : 5)
    expect(perSecond).toBeLessThan(scenario.language === 'zh' ? 12 : 30)
  })
})

describe('the voices', () => {
  const voices = createVoices(PRACTICE_DIR)

  it('are louder for the angry customer than for the calm one', () => {
    for (const language of ['en', 'zh']) {
      expect(rmsOf(voices.voiceOf(`${language}-complaint`, 'step-1'))).toBeGreaterThan(
        rmsOf(voices.voiceOf(`${language}-balance`, 'step-1'))
      )
    }
  })

  it('are read once and kept', () => {
    expect(voices.voiceOf('en-balance', 'opening')).toBe(voices.voiceOf('en-balance', 'opening'))
    expect(createVoices(PRACTICE_DIR).voiceOf('en-balance', 'opening')).not.toBe(voices.voiceOf('en-balance', 'opening'))
  })

  it('name the file that is not there, and never leave their folder', () => {
    expect(() => voices.voiceOf('en-balance', 'step-99')).toThrow('voices/en-balance/step-99.ulaw')
    expect(() => voices.voiceOf('../..', 'opening')).toThrow('is not the name of a voice')
  })

  it('are all said by somebody, and small enough to ship', () => {
    const wanted = spoken.flatMap((scenario) => scenario.lines.map((line) => join(scenario.id, `${line.id}.ulaw`)))
    const files = readdirSync(join(PRACTICE_DIR, 'voices'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ulaw'))
    expect(files.sort()).toEqual(wanted.sort())
    expect(files.reduce((sum, name) => sum + statSync(join(PRACTICE_DIR, 'voices', name)).size, 0)).toBeLessThan(6.5e6)
  })
})
