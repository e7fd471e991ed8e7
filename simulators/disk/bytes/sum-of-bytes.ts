/** Sum of the bytes. */
export function sumOfBytes(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 1) sum += bytes[at]!;
  return sum;
}
