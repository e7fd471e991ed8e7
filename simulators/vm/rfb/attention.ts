/** How often the server hears that somebody looks, and for how long after a key (ms). */
const every = 100;
const span = 3000;

/**
 * Tells the server that somebody waits for what a key or the pointer does. QEMU looks for changes of the picture every 30 ms
 * when it has just heard of its viewer, and 50 ms later each time that it finds none (`VNC_REFRESH_INTERVAL_*` in ui/vnc.c):
 * the answer to a command that takes a moment would wait for that. A person moves the mouse; we say something that changes
 * nothing.
 */
export class Attention implements Disposable {
  #timer: NodeJS.Timeout | undefined;
  #end = 0;

  constructor(private readonly say: () => void) {}

  /** A key was pressed, or the pointer moved. */
  renew(): void {
    this.#end = performance.now() + span;
    this.#timer ??= setInterval(() => {
      if (performance.now() > this.#end) this[Symbol.dispose]();
      else this.say();
    }, every).unref();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
