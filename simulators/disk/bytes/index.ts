export {
  readU16BE,
  readU32BE,
  readU64BE,
  writeU16BE,
  writeU32BE,
  writeU64BE,
} from './big-endian';
export {
  concatBytes,
  decodeLatin1,
  encodeLatin1,
  hasAscii,
  plainBytes,
  sameBytes,
} from './byte-rows';
export { DiskFormatError } from './disk-format-error';
export { bareGuid, bracedGuid, guidFromBytes, guidToBytes, isGuid, NIL_GUID } from './guid';
export { fromHex, toHex } from './hex';
export {
  readI32,
  readU16,
  readU32,
  readU64,
  writeI32,
  writeU16,
  writeU32,
  writeU64,
} from './little-endian';
export { encodeSecurityDescriptor, encodeSid } from './security-descriptor';
export { sumOfBytes } from './sum-of-bytes';
export { decodeUtf16, encodeUtf16, untilNul } from './utf16';
export { xorOfWords } from './xor-of-words';
