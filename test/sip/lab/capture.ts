/** When packets of a capture passed (pcap, microseconds, as rtpengine writes it): epoch ms. */
export function pulsesOf(pcap: Buffer): number[] {
  const times: number[] = []
  if (pcap.length < 24) return times
  const little = pcap.readUInt32LE(0) === 0xa1b2c3d4
  const read = (at: number) => (little ? pcap.readUInt32LE(at) : pcap.readUInt32BE(at))
  for (let at = 24; at + 16 <= pcap.length; at += 16 + read(at + 8)) times.push(read(at) * 1_000 + read(at + 4) / 1_000)
  return times
}
