import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { type FSWatcher, watch } from 'node:fs';
import type { Readable } from 'node:stream';
import { EvdevParser } from './evdev';
import { findKeyboards, type InputDevice } from './find-keyboards';
import { type KeyPress, KeyState } from './key-state';

/** What delivers key presses: the machine's keyboards, or a test's own keys. */
export interface Keyboard {
  /** Calls the listener for each press, repeat and release until the returned function is called. */
  onKey(listener: (press: KeyPress) => void): () => void;
}

export interface KeyboardsOptions {
  readonly find?: () => readonly InputDevice[];
  /** Directory that is watched for new devices. */
  readonly directory?: string;
}

/**
 * All keyboards of the machine as one. Each is read by a `cat` process: a blocking read inside Node would hold a thread
 * of its small pool and keep the process from ending. Keyboards that appear later are picked up.
 */
export class Keyboards implements Keyboard, Disposable {
  readonly #listeners = new Set<(press: KeyPress) => void>();
  readonly #readers = new Map<string, ChildProcessByStdio<null, Readable, null>>();
  readonly #state = new KeyState();
  readonly #find: () => readonly InputDevice[];
  #watcher: FSWatcher | undefined;
  #disposed = false;

  constructor(options: KeyboardsOptions = {}) {
    this.#find = options.find ?? findKeyboards;
    this.#watch(options.directory ?? '/dev/input');
    this.rescan();
  }

  onKey(listener: (press: KeyPress) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Names of the keyboards that are being read. */
  get paths(): readonly string[] {
    return [...this.#readers.keys()];
  }

  /** Opens keyboards that are not being read yet. */
  rescan(): void {
    if (this.#disposed) return;
    for (const { path } of this.#find()) if (!this.#readers.has(path)) this.#read(path);
  }

  #read(path: string): void {
    const reader = spawn('cat', [path], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#readers.set(path, reader);
    const parser = new EvdevParser();
    reader.stdout.on('data', (chunk: Buffer) => {
      for (const key of parser.push(chunk)) {
        const press = this.#state.apply(key);
        for (const listener of this.#listeners) listener(press);
      }
    });
    const forget = () => this.#readers.delete(path);
    reader.once('error', forget);
    reader.once('exit', forget);
  }

  #watch(directory: string): void {
    try {
      this.#watcher = watch(directory, () => this.rescan());
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      this.#watcher = undefined; // No such directory: nothing can appear in it either.
    }
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    this.#watcher?.close();
    this.#listeners.clear();
    for (const reader of this.#readers.values()) reader.kill('SIGTERM');
    this.#readers.clear();
  }
}
