/** What a call costs, in milliseconds, and how many get through. */
export interface Timing {
  readonly median: number;
  /** 99 of 100 calls are faster. */
  readonly slowest: number;
  readonly perSecond: number;
  /** Processor time of this process, which other load does not lengthen. */
  readonly cpu: number;
}

const WARM_UP = 300;
const AT_A_TIME = 16;

/** Makes `count` calls one after the other, and as many again with 16 under way. */
export async function timeCalls(call: () => Promise<unknown>, count = 2000): Promise<Timing> {
  for (let index = 0; index < Math.min(WARM_UP, count); index += 1) await call();
  const times: number[] = [];
  const cpuBefore = process.cpuUsage();
  for (let index = 0; index < count; index += 1) {
    const started = performance.now();
    await call();
    times.push(performance.now() - started);
  }
  const cpu = process.cpuUsage(cpuBefore);
  times.sort((one, other) => one - other);
  const started = performance.now();
  let left = count;
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      while (left-- > 0) await call();
    }),
  );
  return {
    cpu: (cpu.user + cpu.system) / 1000 / count,
    median: times[Math.floor(count / 2)] ?? Number.NaN,
    slowest: times[Math.floor(count * 0.99)] ?? Number.NaN,
    perSecond: (count * 1000) / (performance.now() - started),
  };
}
