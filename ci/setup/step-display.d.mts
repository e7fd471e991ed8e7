export interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write: (text: string) => unknown;
}
export class StepDisplay {
  constructor(out: Terminal, now?: () => number);
  step<T>(name: string, work: (progress: (detail: string) => void) => T | Promise<T>): Promise<T>;
  done(): void;
}
