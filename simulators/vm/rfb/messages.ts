/** The messages of the RFB protocol (RFC 6143) that a viewer sends. */

/** Pixel format of section 7.4 as this client asks for it: 32 bits, little-endian, blue first, one unused byte. */
export function setPixelFormat(): Buffer {
  const message = Buffer.alloc(20);
  message[4] = 32; // bits per pixel
  message[5] = 24; // depth
  message[6] = 0; // little-endian
  message[7] = 1; // true colour
  for (const offset of [8, 10, 12]) message.writeUInt16BE(255, offset); // maxima of red, green, blue
  message[14] = 16;
  message[15] = 8;
  message[16] = 0;
  return message;
}

export const encodings = { raw: 0, desktopSize: -223 } as const;

export function setEncodings(list: readonly number[]): Buffer {
  const message = Buffer.alloc(4 + 4 * list.length);
  message[0] = 2;
  message.writeUInt16BE(list.length, 2);
  for (const [index, encoding] of list.entries()) message.writeInt32BE(encoding, 4 + 4 * index);
  return message;
}

export function updateRequest(incremental: boolean, width: number, height: number): Buffer {
  const message = Buffer.alloc(10);
  message[0] = 3;
  message[1] = incremental ? 1 : 0;
  message.writeUInt16BE(width, 6);
  message.writeUInt16BE(height, 8);
  return message;
}

export function keyEvent(keysym: number, down: boolean): Buffer {
  const message = Buffer.alloc(8);
  message[0] = 4;
  message[1] = down ? 1 : 0;
  message.writeUInt32BE(keysym, 4);
  return message;
}

/** `buttons` is a bit mask: 1 left, 2 middle, 4 right. */
export function pointerEvent(x: number, y: number, buttons: number): Buffer {
  const message = Buffer.alloc(6);
  message[0] = 5;
  message[1] = buttons;
  message.writeUInt16BE(x, 2);
  message.writeUInt16BE(y, 4);
  return message;
}
