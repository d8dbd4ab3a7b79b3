import { isContractProcedure } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import { afterEach, describe, expect, test } from 'vitest'
import { allows, ROLES_OF } from '../../../src-main/desk/api/roles.ts'
import { router } from '../../../src-main/desk/api/router.ts'
import { contract } from '../../../src-shared/contract/contract.ts'
import { ROLES } from '../../../src-shared/taxonomy.ts'
import { type Bench, buildDesk, noLobby, person } from '../../build/desk.ts'

const paths = (node: object, prefix = ''): string[] =>
  Object.entries(node).flatMap(([name, value]: [string, unknown]) =>
    isContractProcedure(value) ? [`${prefix}${name}`] : typeof value === 'object' && value !== null ? paths(value, `${prefix}${name}.`) : []
  )
const PROCEDURES = paths(contract)

let bench: Bench | undefined
afterEach(() => {
  bench?.close()
  bench = undefined
})

describe('the table of roles', () => {
  test('names every procedure of the contract and nothing else', () => {
    expect(PROCEDURES.length).toBeGreaterThan(40)
    expect(Object.keys(ROLES_OF).sort()).toEqual([...PROCEDURES].sort())
  })
  test('refuses what it does not name', () => {
    expect(ROLES.some((role) => allows('desk.format', role))).toBe(false)
    expect(allows('constructor', 'admin')).toBe(false)
  })
  test('lets a screen read the board and its own settings, nothing more', () => {
    expect(PROCEDURES.filter((path) => allows(path, 'screen')).sort()).toEqual([
      'desk.line',
      'desk.saveSettings',
      'desk.settings',
      'live.changes',
      'session.about',
      'session.me',
      'session.people',
      'session.signIn',
      'session.signOut',
      'wallboard.view'
    ])
  })
  test('lets a connection without a seat sign in, nothing more', () => {
    expect(PROCEDURES.filter((path) => allows(path, undefined)).sort()).toEqual(['session.about', 'session.people', 'session.signIn'])
  })
})

describe('the router', () => {
  test('refuses every procedure a screen may not call, before it runs', async () => {
    bench = buildDesk({ person: person('screen', 'screen-1') })
    const refused = PROCEDURES.filter((path) => !allows(path, 'screen'))
    for (const path of refused) {
      const [room = '', name = ''] = path.split('.')
      // The client's shape is the contract's; here it is walked by name.
      const call = (bench.client as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[room]?.[name]
      await expect(call?.({}), path).rejects.toMatchObject({ code: 'REFUSED', data: { code: 'not_allowed' } })
    }
    expect(bench.desk.commands.rows()).toEqual([])
  })
  test('tells a connection without a seat to sign in', async () => {
    const client = createRouterClient(router, { context: { lobby: noLobby } })
    await expect(client.inbox.list({ view: 'mine' })).rejects.toMatchObject({ code: 'REFUSED', data: { code: 'not_signed_in' } })
    expect(await client.session.people()).toEqual([])
  })
  test('names the field of a bad input', async () => {
    bench = buildDesk()
    await expect(bench.client.inbox.list({ view: 'mine', limit: 0 })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { code: 'invalid', field: 'limit' }
    })
    await expect(bench.client.conversation.get({ conversationId: 'nowhere' })).rejects.toMatchObject({
      data: { code: 'not_found', field: 'conversationId' }
    })
    await expect(bench.client.practice.prompt({ conversationId: 'c1' })).rejects.toMatchObject({ data: { code: 'practice_only' } })
    await expect(bench.client.practice.view()).rejects.toMatchObject({ data: { code: 'practice_only' } })
  })
  test('logs what it did not expect and tells nothing about it', async () => {
    bench = buildDesk({
      account: () => {
        throw new Error('secret in the message')
      }
    })
    const error: unknown = await bench.client.calls.account().catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    expect(JSON.stringify(error)).not.toContain('secret')
    expect(bench.written).toContainEqual({
      event: 'call failed',
      detail: expect.objectContaining({ call: 'calls.account', error: expect.stringContaining('secret') })
    })
  })
})
