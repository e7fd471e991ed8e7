/** The part of QuickJS' standard library (2021-03-27, documentation chapter 3) that the boot manager and the benchmark use. */
declare module 'quickjs-std' {
  export interface StdFile {
    seek(offset: number, whence: number): number;
    tell(): number;
    read(buffer: ArrayBuffer, position: number, length: number): number;
    readAsString(): string;
    puts(text: string): void;
    write(buffer: ArrayBuffer, position: number, length: number): number;
    flush(): void;
    close(): number;
  }
  export const out: StdFile;
  export const SEEK_SET: number;
  export const SEEK_END: number;
  export function open(path: string, flags: string): StdFile | null;
  export function exit(code: number): never;
}
declare module 'quickjs-os' {
  export function exec(args: string[], options?: { block?: boolean; file?: string }): number;
  export function readdir(path: string): [string[], number];
  /** Milliseconds. */
  export function sleep(delay: number): void;
  export function stat(path: string): [{ ino: number; size: number } | null, number];
  export function mkdir(path: string, mode?: number): number;
  export function open(path: string, flags: number): number;
  export function seek(fd: number, offset: number, whence: number): number;
  export function read(fd: number, buffer: ArrayBuffer, offset: number, length: number): number;
  export function close(fd: number): number;
  export const O_RDONLY: number;
  export function ttySetRaw(fd: number): void;
  export function setReadHandler(fd: number, handler: (() => void) | null): void;
  export function setTimeout(handler: () => void, delay: number): unknown;
  export function clearTimeout(handle: unknown): void;
}
