export interface XwdPicture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha bytes, tightly packed. */
  readonly rgba: Buffer;
}

/** Reads an X window dump (X11/XWDFile.h, version 7) of 32 bits per pixel in the order of a little-endian machine. */
export function decodeXwd(file: Buffer): XwdPicture {
  const field = (index: number) => file.readUInt32BE(index * 4);
  const [headerSize, version, width, height, bitsPerPixel] = [
    field(0),
    field(1),
    field(4),
    field(5),
    field(11),
  ];
  if (version !== 7 || bitsPerPixel !== 32)
    throw new Error(
      `This is no X window dump of 32 bits per pixel: version ${version}, ${bitsPerPixel} bits.`,
    );
  const bytesPerLine = field(12);
  const isLittleEndian = field(7) === 0;
  const colours = field(19);
  const start = headerSize + colours * 12;
  const rgba = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = start + y * bytesPerLine + x * 4;
      const pixel = isLittleEndian ? file.readUInt32LE(at) : file.readUInt32BE(at);
      rgba.writeUInt32BE(((pixel << 8) | 0xff) >>> 0, (y * width + x) * 4);
    }
  return { width, height, rgba };
}
