/** One step of eight bits for every value of the lowest byte, for the reflected polynomial 0xEDB88320. */
function computeSteps(): Uint32Array {
  const steps = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let step = byte;
    for (let bit = 0; bit < 8; bit += 1) step = step & 1 ? (step >>> 1) ^ 0xedb88320 : step >>> 1;
    steps[byte] = step;
  }
  return steps;
}

let steps: Uint32Array | undefined;

/** CRC-32 (IEEE 802.3) as GPT headers use it (UEFI 2.10, section 5.3.2). */
export function crc32(bytes: Uint8Array): number {
  steps ??= computeSteps();
  const table = steps;
  const { length } = bytes;
  let crc = 0xffffffff;
  for (let index = 0; index < length; index += 1) {
    crc = table[(crc ^ bytes[index]!) & 0xff]! ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
