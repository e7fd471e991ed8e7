/** A plain terminal gets a line every so often while a step works, so that nobody takes it for dead. */
const PLAIN_LINE_EVERY_MS = 15_000;
/** A step that took less had nothing to do and shares one line with its like. */
const NOTHING_TO_DO_MS = 1_000;

/**
 * @typedef {object} Terminal
 * @property {boolean} [isTTY]
 * @property {number} [columns]
 * @property {(text: string) => unknown} write
 */

/** Shows the steps of the set-up: a live line each on a terminal, plain lines elsewhere. */
export class StepDisplay {
  /** @param {Terminal} out @param {() => number} [now] milliseconds */
  constructor(out, now = () => performance.now()) {
    this.out = out;
    this.now = now;
    /** @type {string[]} */
    this.quiet = [];
    this.begun = now();
  }

  /**
   * Runs one step. A step that finds its work done is only mentioned in the closing line.
   * @template T
   * @param {string} name
   * @param {(progress: (detail: string) => void) => T | Promise<T>} work
   * @returns {Promise<T>}
   */
  async step(name, work) {
    const start = this.now();
    const seconds = () => `${((this.now() - start) / 1000).toFixed(1)} s`;
    let latest = '';
    let printed = Number.NEGATIVE_INFINITY;
    const show = () => {
      if (this.out.isTTY) {
        const line = `  … ${name}: ${latest} (${seconds()})`;
        this.out.write(`\r\x1b[K${line.slice(0, (this.out.columns ?? 80) - 1)}`);
      } else if (this.now() - printed >= PLAIN_LINE_EVERY_MS) {
        printed = this.now();
        this.out.write(`  … ${name}: ${latest} (${seconds()})\n`);
      }
    };
    const ticker = setInterval(() => latest && show(), 1000);
    try {
      const result = await work((detail) => {
        latest = detail;
        show();
      });
      const worked = latest !== '' || this.now() - start > NOTHING_TO_DO_MS;
      if (worked) this.out.write(`${this.clear()}  ✓ ${name}: ${result} (${seconds()})\n`);
      else this.quiet.push(`${name}: ${result}`);
      return result;
    } catch (error) {
      this.out.write(`${this.clear()}  ✗ ${name} (${seconds()})\n`);
      throw error;
    } finally {
      clearInterval(ticker);
    }
  }

  /** The closing line: everything that was there already, and the whole time. */
  done() {
    const ms = Math.round(this.now() - this.begun);
    const time = ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
    const there = this.quiet.length > 0 ? ` ${this.quiet.join('; ')}.` : '';
    this.out.write(`Set-up done in ${time}.${there}\n`);
  }

  clear() {
    return this.out.isTTY ? '\r\x1b[K' : '';
  }
}
