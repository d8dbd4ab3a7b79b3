import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { BANK_REFUSALS, NEEDS } from '../../../../src-main/centre/bank/port.ts'
import { ActivityAnswer, ROWS } from '../../../../src-main/centre/bank/rows.ts'
import { BANK_ACTS, type BankAct } from '../../../../src-shared/front-desk.ts'

const Json = z.record(z.string(), z.unknown())
const Content = <T extends z.ZodType>(body: T) => z.object({ content: z.object({ 'application/json': body }) })
const Operation = z.object({
  post: z.object({
    operationId: z.string(),
    requestBody: Content(
      z.object({ schema: z.object({ properties: z.object({ args: z.object({ required: z.array(z.string()).default([]) }) }) }) })
    ),
    responses: z.object({
      200: Content(
        z.object({
          schema: z.object({ oneOf: z.array(Json) }),
          examples: z.object({ done: z.object({ value: z.object({ rows: z.array(Json) }) }) })
        })
      )
    })
  })
})
const Doc = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.unknown()),
  components: z.object({ schemas: z.record(z.string(), Json) })
})
const doc = Doc.parse(JSON.parse(readFileSync(new URL('../../../../docs/bank.openapi.json', import.meta.url), 'utf8')))

const plain = (schema: z.ZodType) => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return JSON.parse(JSON.stringify(rest)) as unknown // undefined and absent are the same in a file
}
const rowName = (act: BankAct) => `${act.replaceAll(/(?:^|_)(\w)/gu, (_, letter: string) => letter.toUpperCase())}Row`

test('the description has every act and the look at risk, and nothing else', () => {
  expect(Object.keys(doc.paths).sort()).toEqual([...BANK_ACTS.map((act) => `/acts/${act}`), '/activity'].sort())
})

test.each(BANK_ACTS)('%s is described as it is checked, with what it needs, and its example passes', (act) => {
  const { operationId, requestBody, responses } = Operation.parse(doc.paths[`/acts/${act}`]).post
  expect(operationId).toBe(act)
  expect(requestBody.content['application/json'].schema.properties.args.required).toEqual(NEEDS[act] ?? [])
  const { schema, examples } = responses[200].content['application/json']
  expect(JSON.stringify(schema.oneOf)).toContain(`#/components/schemas/${rowName(act)}"`)
  expect(doc.components.schemas[rowName(act)]).toEqual(plain(ROWS[act]))
  expect(examples.done.value.rows).toHaveLength(1)
  expect(examples.done.value.rows.map((row) => ROWS[act].parse(row))).toEqual(examples.done.value.rows)
})

test('activity and refusals are described as they are checked', () => {
  expect(doc.components.schemas['Activity']).toEqual(plain(ActivityAnswer))
  expect(JSON.stringify(doc.components.schemas['Refused'])).toContain(JSON.stringify(BANK_REFUSALS))
})

test('every reference leads somewhere', () => {
  const text = JSON.stringify(doc)
  const refs = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/gu)].map(([, name]) => name ?? '')
  expect(refs.length).toBeGreaterThan(BANK_ACTS.length)
  expect(refs.filter((name) => doc.components.schemas[name] === undefined)).toEqual([])
})
