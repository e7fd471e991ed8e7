import { readFileSync, readlinkSync } from 'node:fs';

/**
 * When a process started, in clock ticks since boot (proc(5), field 22 of /proc/PID/stat): together with
 * its number this names one process, also after the number was used again. Undefined once it has ended.
 */
export function processStartTime(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The command name (field 2) may hold spaces and parentheses: count from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

/** Names this boot of this PID namespace: numbers of processes mean nothing outside of it. */
export function processPlace(): string {
  const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${bootId} ${readlinkSync('/proc/self/ns/pid')}`;
}
