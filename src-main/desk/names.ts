import type { PersonView } from '../../src-shared/contract/session.ts'
import type { FactOf } from '../../src-shared/events.ts'
import type { Desk } from './desk.ts'

/**
 * Names of staff as this desk knows them, in the user's language: my own, those of everybody who served a conversation that this desk
 * follows, and those the centre's figures carry. Somebody unknown has no name here; a view then shows the role only.
 */
export function personNames(desk: Desk): (personId: string) => string | undefined {
  const { locale } = desk.settings()
  const names = new Map([[desk.person.personId, desk.person.name[locale]]])
  for (const { personId, name } of desk.reading().desk.all<{ personId: string; name: string }>('select personId, name from person'))
    names.set(personId, (JSON.parse(name) as PersonView['name'])[locale]) // written by the projection from checked data
  const row = desk.reading().desk.get<{ json: string }>(`select json from snapshot where name = 'stats'`)
  // Written by the projection of `stats.published` from checked data.
  const people = row ? (JSON.parse(row.json) as Pick<FactOf<'stats.published'>['data'], 'people'>).people : []
  for (const { personId, name } of people) names.set(personId, name[locale])
  return (personId) => names.get(personId)
}
