import type { CurrentBoot, DedicatedServer } from '../dedicated';

/** What a rescue system boots from: files on the host's disk, and the kernel's command line. */
export interface RescueBootFiles {
  readonly kernel: string;
  readonly initrd: readonly string[];
  readonly commandLine: string;
  /** What the booted system fetches by itself, by the name it asks for. */
  readonly more?: Readonly<Record<string, string>>;
}

/** The files of each rescue system, by kernel name (`rescue-customer-windows`). */
export type RescueFiles = Readonly<Record<string, RescueBootFiles>>;

/** Where each file is downloaded: `<kernel name>/kernel`, `<kernel name>/initrd.0`, ... to its path on disk. */
export function downloads(files: RescueFiles): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(files).flatMap(([name, { kernel, initrd, more = {} }]): [string, string][] => [
      [`${name}/kernel`, kernel],
      ...initrd.map((path, index): [string, string] => [`${name}/initrd.${index}`, path]),
      ...Object.entries(more).map(([file, path]): [string, string] => [`${name}/${file}`, path]),
    ]),
  );
}

/**
 * The iPXE script for a boot (https://ipxe.org/cmd). `origin`: what the firmware reached us by, without a slash at
 * the end. Throws a sentence when the rescue system has no files.
 */
export function bootScript(
  server: DedicatedServer,
  boot: CurrentBoot,
  files: RescueFiles,
  origin: string,
): string {
  const { bootType, kernel } = boot.entry;
  if (bootType === 'power') {
    // The provider also switches the power off, for an iPXE that was built without this command.
    return script('poweroff || sleep 3600');
  }
  if (kernel === 'ipxe-shell') {
    return script('shell');
  }
  if (bootType !== 'rescue') {
    // UEFI knows no drive numbers: `exit` goes on to the next entry of the firmware's boot order.
    return script(server.bootMode === 'uefi' ? 'exit' : 'sanboot --no-describe --drive 0x80 || exit');
  }
  const system = files[kernel];
  if (system === undefined) {
    throw new Error(
      `The netboot of ${server.name} has no boot files for ${kernel}; give them to startNetboot in \`files\`.`,
    );
  }
  const names = system.initrd.map((_path, index) => `initrd.${index}`);
  // UEFI kernels look for each initrd by name; legacy iPXE joins them and ignores the parameter.
  const parameters = [...names.map((name) => `initrd=${name}`), system.commandLine];
  const base = `${origin}/files/${encodeURIComponent(kernel)}`;
  return script(
    `kernel ${base}/kernel ${parameters.join(' ')}`.trimEnd(),
    ...names.map((name) => `initrd --name ${name} ${base}/${name}`),
    'boot',
  );
}

function script(...lines: string[]): string {
  return `#!ipxe\n${lines.join('\n')}\n`;
}
