import { Devices } from './devices.svelte.ts'
import type { EngineDevices } from './engine.ts'
import type { Microphone } from './microphone.ts'
import type { DevicesView } from './port.ts'
import type { Sounds } from './sounds.ts'

/** The devices of this page for the engine, which knows no runes: every change of theirs is told. */
export function watchDevices(
  microphone: Microphone,
  sounds: Sounds,
  context: () => AudioContext,
  onChange: () => void,
  onLevel: { tell: (level: number) => void }
): EngineDevices {
  const devices = new Devices(microphone, sounds, context)
  let view: DevicesView = look()
  function look(): DevicesView {
    const { microphones, outputs, problem, canChooseOutput, metering, testing } = devices
    return { microphones, outputs, problem, canChooseOutput, metering, testing }
  }
  const end = $effect.root(() => {
    $effect(() => {
      view = look()
      onChange()
    })
    $effect(() => onLevel.tell(devices.level))
  })
  return {
    get view() {
      return view
    },
    apply: (settings) => devices.apply(settings),
    refresh: () => devices.refresh(),
    test: (what, deviceId, volume) => devices.test(what, deviceId, volume),
    meter(tell) {
      onLevel.tell = tell
      const stop = devices.startMeter()
      return () => {
        stop()
        onLevel.tell = () => {}
      }
    },
    close() {
      end()
      devices.close()
    }
  }
}
