import type { HeadsetView } from '../softphone/port/port.ts'
import { catalogue } from './catalogue.svelte.ts'

interface DeviceTexts {
  voice: string
  echoCancellation: string
  echoCancellationHelp: string
  noiseSuppression: string
  noiseSuppressionHelp: string
  autoGain: string
  autoGainHelp: string
  gain: string
  gainHelp: string
  remembered: (names: string) => string
  headset: string
  headsetHelp: string
  headsetConnect: string
  headsetDisconnect: string
  headsetState: Record<HeadsetView['state'], (name: string) => string>
}

/** The headset: how it is used, and what is done to the voice. */
export const deviceText = catalogue<DeviceTexts>(
  {
    voice: 'Your voice',
    echoCancellation: 'Echo cancellation',
    echoCancellationHelp: 'Keeps callers from hearing themselves when you use loudspeakers.',
    noiseSuppression: 'Noise suppression',
    noiseSuppressionHelp: 'Takes keyboards and the voices around you down.',
    autoGain: 'Automatic gain',
    autoGainHelp: 'Makes a quiet voice louder and a loud one quieter.',
    gain: 'Microphone strength',
    gainHelp: 'On top of the above; 100% leaves your voice as it is.',
    remembered: (names) => `Remembered, and used again when plugged in: ${names}`,
    headset: 'Headset buttons',
    headsetHelp: 'Answer, hang up, mute and hold with the buttons of the headset. The browser asks once which one may be used.',
    headsetConnect: 'Connect the headset',
    headsetDisconnect: 'Let go',
    headsetState: {
      none: () => 'No headset with buttons is connected.',
      connecting: (name) => `Connecting ${name}…`,
      connected: (name) => `The buttons of ${name} work.`,
      unpermitted: (name) => `${name} may not be used yet: press the button and choose it.`,
      failed: (name) => `The buttons of ${name} cannot be used. Unplug it, plug it in again, and try once more.`
    }
  },
  {
    voice: '您的声音',
    echoCancellation: '回声消除',
    echoCancellationHelp: '使用音箱时，避免来电者听到自己的声音。',
    noiseSuppression: '噪声抑制',
    noiseSuppressionHelp: '减弱键盘声和周围人声。',
    autoGain: '自动增益',
    autoGainHelp: '声音小时放大，声音大时减小。',
    gain: '麦克风强度',
    gainHelp: '在以上处理之外再调整；100% 为不变。',
    remembered: (names) => `已记住，插入后自动使用：${names}`,
    headset: '耳机按键',
    headsetHelp: '用耳机按键接听、挂断、静音和保持。浏览器会询问一次允许使用哪个耳机。',
    headsetConnect: '连接耳机',
    headsetDisconnect: '断开',
    headsetState: {
      none: () => '没有连接带按键的耳机。',
      connecting: (name) => `正在连接 ${name}…`,
      connected: (name) => `${name} 的按键可以使用。`,
      unpermitted: (name) => `${name} 尚未获准使用：请点击按钮并选择它。`,
      failed: (name) => `${name} 的按键无法使用，请拔下重新插入后再试。`
    }
  },
  {
    voice: '您的聲音',
    echoCancellation: '回音消除',
    echoCancellationHelp: '使用喇叭時，避免來電者聽到自己的聲音。',
    noiseSuppression: '噪音抑制',
    noiseSuppressionHelp: '減弱鍵盤聲和周圍人聲。',
    autoGain: '自動增益',
    autoGainHelp: '聲音小時放大，聲音大時減小。',
    gain: '麥克風強度',
    gainHelp: '在以上處理之外再調整；100% 為不變。',
    remembered: (names) => `已記住，插入後自動使用：${names}`,
    headset: '耳機按鍵',
    headsetHelp: '用耳機按鍵接聽、掛斷、靜音和保留。瀏覽器會詢問一次允許使用哪個耳機。',
    headsetConnect: '連接耳機',
    headsetDisconnect: '中斷連接',
    headsetState: {
      none: () => '沒有連接帶按鍵的耳機。',
      connecting: (name) => `正在連接 ${name}…`,
      connected: (name) => `${name} 的按鍵可以使用。`,
      unpermitted: (name) => `${name} 尚未獲准使用：請按下按鈕並選擇它。`,
      failed: (name) => `${name} 的按鍵無法使用，請拔下重新插入後再試。`
    }
  }
)
