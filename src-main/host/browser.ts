import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where Chrome, Edge or Chromium usually live, best first. */
function candidates(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter((one): one is string => Boolean(one))
    return ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe', 'Chromium/Application/chrome.exe'].flatMap(
      (file) => folders.map((folder) => join(folder, file))
    )
  }
  if (platform === 'darwin') {
    return ['Google Chrome', 'Microsoft Edge', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  }
  const folders = (env['PATH'] ?? '').split(':').filter(Boolean)
  return ['google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable', 'chromium', 'chromium-browser'].flatMap(
    (name) => folders.map((folder) => join(folder, name))
  )
}

export const hasDisplay = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean =>
  platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])

/**
 * Opens the address in a window of its own (`--app`), when a Chromium-family browser is installed and there is a display. Says
 * whether it did. The browser outlives us; its profile is its own, so that the app's window can be closed without the user's tabs.
 */
export function openAppWindow(
  address: string,
  profile: string,
  platform = process.platform,
  env = process.env,
  exists: (file: string) => boolean = existsSync
): boolean {
  if (!hasDisplay(platform, env)) return false
  const browser = candidates(platform, env).find((file) => exists(file))
  if (!browser) return false
  const child = spawn(
    browser,
    [
      `--app=${address}`,
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--autoplay-policy=no-user-gesture-required'
    ],
    {
      detached: true,
      stdio: 'ignore'
    }
  )
  child.on('error', () => {
    // The address was printed too: the user can open it by hand.
  })
  child.unref()
  return true
}
