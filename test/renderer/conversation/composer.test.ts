import { describe, expect, it } from 'vitest'
import { Composer, type ComposerMode } from '../../../src-renderer/conversation/composer.svelte.ts'
import { WrapUp } from '../../../src-renderer/conversation/wrap-up.svelte.ts'
import type { Channel, Disposition } from '../../../src-shared/taxonomy.ts'

const suggestion = { articleId: 'a1', title: 'Fees', say: 'The fee is waived.', passage: '', confidence: 0.8 }

function bench(channel: Channel = 'chat', draft?: string) {
  const sent: [ComposerMode, string][] = []
  const saved: string[] = []
  const levers = { fail: false, timers: [] as (() => void)[] }
  const composer = new Composer(
    channel,
    {
      send: async (mode, text) => {
        if (levers.fail) return undefined
        sent.push([mode, text])
        return {}
      },
      loadDraft: async () => draft,
      saveDraft: async (text) => saved.push(text)
    },
    (run) => {
      levers.timers.push(run)
      return () => {
        levers.timers = levers.timers.filter((timer) => timer !== run)
      }
    }
  )
  return { composer, sent, saved, levers }
}

describe('the composer', () => {
  it('replies in writing and records speech on a call', async () => {
    const chat = bench('chat')
    const call = bench('voice')
    chat.composer.text = ' Hello '
    call.composer.text = 'Good morning'
    await chat.composer.send()
    await call.composer.send()
    expect(chat.sent).toEqual([['reply', 'Hello']])
    expect(call.sent).toEqual([['said', 'Good morning']])
    expect(chat.composer.text).toBe('')
  })
  it('sends nothing that is only blanks', async () => {
    const { composer, sent } = bench()
    composer.text = ' \n '
    expect(composer.canSend).toBe(false)
    expect(await composer.send()).toBe(false)
    expect(sent).toEqual([])
  })
  it('keeps a half-written reply while a note is made', async () => {
    const { composer, sent } = bench()
    composer.text = 'Dear Ms'
    composer.toggleNote()
    composer.text = 'Call back at five'
    await composer.send()
    composer.toggleNote()
    expect(composer.text).toBe('Dear Ms')
    expect(sent).toEqual([['note', 'Call back at five']])
  })
  it('gives the text back when it could not be stored, but never over newer words', async () => {
    const { composer, levers } = bench()
    levers.fail = true
    composer.text = 'first'
    await composer.send()
    expect(composer.text).toBe('first')
    const sending = composer.send()
    composer.text = 'newer'
    await sending
    expect(composer.text).toBe('newer')
  })
  it('saves a draft once after a pause, never a note, and forgets it when sent', async () => {
    const { composer, saved, levers } = bench()
    composer.text = 'He'
    composer.text = 'Hello'
    expect(levers.timers).toHaveLength(1)
    composer.toggleNote()
    composer.text = 'secret'
    expect(levers.timers).toHaveLength(1)
    levers.timers[0]?.()
    expect(saved).toEqual(['Hello'])
    composer.toggleNote()
    await composer.send()
    expect(saved).toEqual(['Hello', ''])
  })
  it('saves at once when the page goes', () => {
    const { composer, saved, levers } = bench()
    composer.text = 'Hello'
    composer.flush()
    composer.flush()
    expect([saved, levers.timers]).toEqual([['Hello'], []])
  })
  it('brings a draft back, but not over what was typed meanwhile', async () => {
    const kept = bench('chat', 'from yesterday')
    await kept.composer.restore()
    expect(kept.composer.text).toBe('from yesterday')
    const typed = bench('chat', 'from yesterday')
    const restoring = typed.composer.restore()
    typed.composer.text = 'now'
    await restoring
    expect(typed.composer.text).toBe('now')
  })
  it('offers words for Tab only where Tab cannot surprise', () => {
    const { composer } = bench()
    expect(composer.ghost(suggestion)).toBe(suggestion)
    composer.text = 'x'
    expect(composer.ghost(suggestion)).toBeUndefined()
    composer.text = ''
    composer.toggleNote()
    expect(composer.ghost(suggestion)).toBeUndefined()
    composer.toggleNote()
    composer.hideGhost(suggestion)
    expect(composer.ghost(suggestion)).toBeUndefined()
    expect(composer.ghost({ ...suggestion, say: 'Other words' })).toBeDefined()
  })
})

describe('wrap-up', () => {
  const make = () => {
    const done: [Disposition, string][] = []
    const wrapUp = new WrapUp(async (disposition, note) => {
      done.push([disposition, note])
      return {}
    })
    return { wrapUp, done }
  }
  const failing = () => ({ wrapUp: new WrapUp(async () => undefined) })
  it('follows the summary until somebody writes', () => {
    const { wrapUp } = make()
    wrapUp.offerSummary('Wanted a balance.')
    wrapUp.offerSummary('Wanted a balance. Told.')
    expect([wrapUp.note, wrapUp.byMachine]).toEqual(['Wanted a balance. Told.', true])
    wrapUp.note = ''
    wrapUp.offerSummary('More')
    expect([wrapUp.note, wrapUp.byMachine]).toEqual(['', false])
  })
  it('needs a disposition', async () => {
    const { wrapUp, done } = make()
    expect(await wrapUp.finish()).toBe(false)
    expect(done).toEqual([])
    expect(wrapUp.choose(1)).toBe(true)
    expect(wrapUp.choose(10)).toBe(false)
    wrapUp.note = ' Told. '
    expect(await wrapUp.finish()).toBe(true)
    expect(done).toEqual([['resolved', 'Told.']])
  })
  it('finishes once, however often the keys are pressed', async () => {
    const { wrapUp, done } = make()
    wrapUp.choose(2)
    await Promise.all([wrapUp.finish(), wrapUp.finish()])
    expect(done).toHaveLength(1)
  })
  it('stays open when it could not be stored', async () => {
    const { wrapUp } = failing()
    wrapUp.choose(2)
    expect([await wrapUp.finish(), wrapUp.finishing]).toEqual([false, false])
  })
})
