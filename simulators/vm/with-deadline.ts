/**
 * The promise's outcome, or the error made by `late` when `milliseconds` pass first.
 * `late` receives the waited time in words ("1.5 s").
 */
export async function withDeadline<T>(
  promise: Promise<T>,
  milliseconds: number,
  late: (waited: string) => Error | Promise<Error>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      Promise.resolve(late(inWords(milliseconds))).then(reject, reject);
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clearTimeout(timer);
  }
}

function inWords(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${Number((milliseconds / 1000).toFixed(1))} s`;
}
