import type { BlockDevices, Run } from './host-options';
import type { MappedDevice } from './mapper-tables';
import type { VolumePlan } from './volume-plan';

/** Kernel modules of the targets that are not part of dm-mod itself. */
const TARGET_MODULES: Readonly<Record<string, string>> = { mirror: 'dm-mirror', raid: 'dm-raid' };

/** A volume's device while it is in use: its path, and the names to pass to `release`. */
export interface PreparedVolume {
  readonly path: string;
  readonly mapped: readonly string[];
}

/** Where the devices of volumes come from. */
export interface VolumeProvider {
  /** Makes the volume's device ready; undefined where too many of its disks are missing. */
  prepare(plan: VolumePlan): Promise<PreparedVolume | undefined>;
  release(mapped: readonly string[]): Promise<void>;
  /** True where a mirror has nothing left to copy. */
  isInSync(name: string): Promise<boolean>;
}

/** Block devices of volumes: the kernel's partition nodes, or device-mapper devices made for them. */
export class VolumeDevices implements VolumeProvider {
  readonly #modules = new Set<string>();

  constructor(
    private readonly run: Run,
    private readonly blockDevices: BlockDevices,
    private readonly mapperFolder: string,
  ) {}

  async prepare(plan: VolumePlan): Promise<PreparedVolume | undefined> {
    const { source } = plan;
    if (source.kind === 'mapped')
      return source.devices.length > 0 ? this.#map(source.devices, plan.readOnly) : undefined;
    const node = this.blockDevices.partitionNode(
      source.path,
      source.number,
      source.startSector,
      source.sizeSectors,
    );
    if (node !== undefined) return { path: node, mapped: [] };
    const name = `${source.path.replace(/^.*\//, '')}-${source.number}`;
    const table = [`0 ${source.sizeSectors} linear ${source.path} ${source.startSector}`];
    return this.#map([{ name, table }], plan.readOnly);
  }

  /** Removes device-mapper devices, the last made first. */
  async release(mapped: readonly string[]): Promise<void> {
    for (const name of [...mapped].reverse())
      await this.run('dmsetup', ['remove', '--noudevrules', '--noudevsync', name]);
  }

  async isInSync(name: string): Promise<boolean> {
    const status = await this.run('dmsetup', ['status', name]);
    const [, done, total] = /\bmirror \d+ .*?(\d+)\/(\d+)/.exec(status) ?? [];
    return done !== undefined && done === total;
  }

  async #map(devices: readonly MappedDevice[], readOnly: boolean): Promise<PreparedVolume> {
    await this.#loadModules(devices);
    const mapped: string[] = [];
    try {
      for (const { name, table } of devices) {
        await this.#create(name, table, readOnly);
        mapped.push(name);
      }
    } catch (error) {
      await this.release(mapped);
      throw error;
    }
    return { path: `${this.mapperFolder}/${mapped.at(-1)}`, mapped };
  }

  async #loadModules(devices: readonly MappedDevice[]): Promise<void> {
    const targets = devices.flatMap(({ table }) => table.map((line) => line.split(' ')[2] ?? ''));
    const needed = new Set([
      'dm-mod',
      ...targets.map((target) => TARGET_MODULES[target]).filter((name) => name !== undefined),
    ]);
    const missing = [...needed].filter((name) => !this.#modules.has(name));
    if (missing.length === 0) return;
    await this.run('modprobe', ['-a', ...missing]);
    for (const name of missing) this.#modules.add(name);
  }

  /**
   * No udev daemon runs in the stand-in. `create` leaves the node to it all the same (seen with Debian 12's dmsetup),
   * so `mknodes` follows. Several lines need the concise form.
   */
  async #create(name: string, table: readonly string[], readOnly: boolean): Promise<void> {
    const [line, ...more] = table;
    const common = ['create', '--noudevrules', '--noudevsync'];
    if (more.length === 0) {
      await this.run('dmsetup', [
        ...common,
        ...(readOnly ? ['--readonly'] : []),
        name,
        '--table',
        line ?? '',
      ]);
    } else {
      await this.run('dmsetup', [
        ...common,
        '--concise',
        [name, '', '', readOnly ? 'ro' : 'rw', ...table].join(','),
      ]);
    }
    await this.run('dmsetup', ['mknodes', name]);
  }
}
