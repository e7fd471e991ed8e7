/** One column set of the summary. */
export interface TallyRow {
  total: number;
  copied: number;
  skipped: number;
  failed: number;
  extras: number;
}

const emptyRow = (): TallyRow => ({ total: 0, copied: 0, skipped: 0, failed: 0, extras: 0 });

/** What a run has done; its exit code is a set of bits. */
export class Tally {
  readonly folders = emptyRow();
  readonly files = emptyRow();
  readonly bytes = emptyRow();

  countFile(kind: Exclude<keyof TallyRow, 'total'>, sizeBytes: number): void {
    if (kind !== 'extras') {
      this.files.total++;
      this.bytes.total += sizeBytes;
    }
    this.files[kind]++;
    this.bytes[kind] += sizeBytes;
  }

  /** 1 something was copied, 2 the target has more than the source, 8 something failed. */
  get exitCode(): number {
    const copied = this.files.copied > 0 ? 1 : 0;
    const extras = this.files.extras + this.folders.extras > 0 ? 2 : 0;
    const failed = this.files.failed + this.folders.failed > 0 ? 8 : 0;
    return copied | extras | failed;
  }

  /** The table at the end. */
  text(ended: string): string {
    const cells = (values: readonly (number | string)[]): string =>
      values.map((value) => String(value).padStart(10)).join('');
    const row = (name: string, { total, copied, skipped, failed, extras }: TallyRow): string =>
      `${name.padStart(8)} :${cells([total, copied, skipped, 0, failed, extras])}\r\n`;
    const heading = `${''.padEnd(10)}${cells(['Total', 'Copied', 'Skipped', 'Mismatch', 'FAILED', 'Extras'])}\r\n`;
    const nothing = '0:00:00';
    const times = `${'Times'.padStart(8)} :${cells([nothing, nothing, '', '', nothing, nothing])}\r\n`;
    const table = `${heading}${row('Dirs', this.folders)}${row('Files', this.files)}${row('Bytes', this.bytes)}`;
    return `${table}${times}${'Ended'.padStart(8)} : ${ended}\r\n\r\n`;
  }
}
