/** Win32 error codes that the shell and the tools show, with the system's own text for each. */
const texts = {
  2: 'The system cannot find the file specified.',
  3: 'The system cannot find the path specified.',
  5: 'Access is denied.',
  15: 'The system cannot find the drive specified.',
  21: 'The device is not ready.',
  32: 'The process cannot access the file because it is being used by another process.',
  50: 'The request is not supported.',
  53: 'The network path was not found.',
  80: 'The file exists.',
  87: 'The parameter is incorrect.',
  112: 'There is not enough space on the disk.',
  123: 'The filename, directory name, or volume label syntax is incorrect.',
  145: 'The directory is not empty.',
  267: 'The directory name is invalid.',
  1117: 'The request could not be performed because of an I/O device error.',
} as const;

export type WindowsErrorCode = keyof typeof texts;

/** A failure as Windows reports it: `message` is the text that `FormatMessage` gives for `code`. */
export class WindowsError extends Error {
  override readonly name = 'WindowsError';
  readonly code: WindowsErrorCode;

  constructor(code: WindowsErrorCode, options?: ErrorOptions) {
    super(texts[code], options);
    this.code = code;
  }
}

const posixCodes: Readonly<Record<string, WindowsErrorCode>> = {
  ENOENT: 2,
  ENOTDIR: 3,
  ELOOP: 3,
  EACCES: 5,
  EPERM: 5,
  EROFS: 5,
  EISDIR: 5,
  EBUSY: 32,
  EEXIST: 80,
  EINVAL: 87,
  ENAMETOOLONG: 123,
  ENOSPC: 112,
  ENOTEMPTY: 145,
  EIO: 1117,
};

/** Translates a Node.js file error into the Windows one; what is no file error comes back unchanged. */
export function asWindowsError(error: unknown): unknown {
  if (error instanceof WindowsError || !(error instanceof Error) || !('code' in error)) return error;
  const code = typeof error.code === 'string' ? posixCodes[error.code] : undefined;
  return code === undefined ? error : new WindowsError(code, { cause: error });
}
