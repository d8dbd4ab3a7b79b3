import { openLab } from '../test/sip/lab/lab.ts'
import { openBrowser } from './browser.ts'
import { record } from './results.ts'
import { script, servePages } from './voice/pages.ts'
import { openBare, openDesk } from './voice/phones.ts'
import { setupTimes } from './voice/setup-times.ts'
import { soak } from './voice/soak.ts'
import { storm } from './voice/storm.ts'
import { ROOT } from './web-host.ts'

/**
 * `npm run bench:voice [-- setup storm soak]`: the softphone beside bare SIP.js and JsSIP pages at the same Kamailio, five hundred phones
 * that lose their registrar, and half an hour of calls. BENCH_VOICE_RUNS, BENCH_VOICE_MINUTES and BENCH_STORM_DESKS make it shorter.
 */

const PARTS = ['setup', 'storm', 'soak'] as const
const wanted = process.argv.slice(2)
const wrong = wanted.filter((one) => !(PARTS as readonly string[]).includes(one))
if (wrong.length > 0) {
  console.error(`No part is called ${wrong.join(', ')}. There are: ${PARTS.join(', ')}.`)
  process.exit(2)
}
const isWanted = (part: (typeof PARTS)[number]) => wanted.length === 0 || wanted.includes(part)

if (isWanted('setup') || isWanted('soak')) {
  const lab = await openLab()
  const browser = await openBrowser()
  const pages = await servePages(['bare-sipjs', 'bare-jssip'])
  const probe = await script('probe')
  const desk = await openDesk(browser, process.env['SIDETONE_APP'] ?? ROOT, lab, probe, 'agent1')
  try {
    if (isWanted('setup')) {
      console.error('measuring setup ...')
      const sipjs = await openBare(browser, pages.origin, lab, probe, 'bare-sipjs', 'agent2')
      const jssip = await openBare(browser, pages.origin, lab, probe, 'bare-jssip', 'agent3')
      record(await setupTimes(lab, [desk, sipjs, jssip]))
      await sipjs.close()
      await jssip.close()
    }
    if (isWanted('soak')) {
      console.error('measuring soak ...')
      record(await soak(lab, desk))
    }
  } finally {
    await desk.close()
    await pages.close()
    await browser.close()
    await lab.close()
  }
}
if (isWanted('storm')) {
  console.error('measuring storm ...')
  record(await storm())
}
