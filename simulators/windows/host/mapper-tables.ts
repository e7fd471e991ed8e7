import type { GroupVolume, LdmMember, VolumeComponent, VolumeExtent } from '../../disk/ldm';

/** A device-mapper device: name and table lines (Linux `Documentation/admin-guide/device-mapper`). */
export interface MappedDevice {
  readonly name: string;
  readonly table: readonly string[];
}

export interface VolumeMapping {
  readonly status: 'Healthy' | 'Rebuild' | 'Failed' | 'Failed Rd';
  /** In the order of creation; the last one is the volume. Empty where the volume cannot be used. */
  readonly devices: readonly MappedDevice[];
}

/** A mirror log in memory with regions of 512 KiB; without `nosync` the kernel copies the first leg onto the others. */
const SYNCHRONOUS_LOG = 'core 2 1024 nosync';
const REBUILDING_LOG = 'core 1 1024';

/** A place on a block device, as tables write it. */
type Target = string;

interface Context {
  readonly prefix: string;
  readonly mapperFolder: string;
  /** Path of the device that a member was read from, or undefined where that disk is offline. */
  readonly pathOf: (member: LdmMember) => string | undefined;
  readonly helpers: MappedDevice[];
}

/**
 * Maps a dynamic volume with the targets linear, striped, mirror and raid. A mirror with a missing half runs on the
 * other one, and RAID-5 without one of its columns.
 * @param stale paths of disks whose half of a mirror is out of date: it is copied from the first other one
 * @param unfinished true while the copy is not done: such a half is of no use without the other one
 */
export function mapVolume(
  volume: GroupVolume,
  options: Omit<Context, 'helpers'> & { readonly stale: ReadonlySet<string>; readonly unfinished?: boolean },
): VolumeMapping {
  const context: Context = { ...options, helpers: [] };
  const usable = volume.components.filter((component) => isServable(component, context));
  const complete = volume.components.every((component) => missingColumns(component, context) === 0);
  const isStale = ({ extents }: VolumeComponent) =>
    extents.some(({ disk }) => disk.member && options.stale.has(context.pathOf(disk.member) ?? ''));
  const useless = options.unfinished === true && volume.layout === 'mirrored' && usable.every(isStale);
  if (usable.length === 0 || useless) return { status: 'Failed', devices: [] };
  const table =
    usable.length > 1
      ? [mirrorLine(volume, usable, context, isStale)]
      : componentTable(usable[0]!, volume.sizeSectors, context);
  return {
    status: table[0]?.includes(REBUILDING_LOG) ? 'Rebuild' : complete ? 'Healthy' : 'Failed Rd',
    devices: [...context.helpers, { name: options.prefix, table }],
  };
}

function mirrorLine(
  volume: GroupVolume,
  components: readonly VolumeComponent[],
  context: Context,
  isStale: (component: VolumeComponent) => boolean,
): string {
  const fresh = components.filter((component) => !isStale(component));
  const outdated = components.filter(isStale);
  const legs = [...fresh, ...outdated].map((component) => {
    const single = component.extents.length === 1 ? component.extents[0] : undefined;
    return single
      ? place(single, context)
      : helper(component.name, componentTable(component, volume.sizeSectors, context), context);
  });
  const log = outdated.length > 0 ? REBUILDING_LOG : SYNCHRONOUS_LOG;
  return `0 ${volume.sizeSectors} mirror ${log} ${legs.length} ${legs.join(' ')}`;
}

function componentTable(component: VolumeComponent, sizeSectors: number, context: Context): string[] {
  if (component.layout === 'concatenated') {
    return component.extents.map(
      (extent) => `${extent.columnOffset} ${extent.sizeSectors} linear ${place(extent, context)}`,
    );
  }
  const columns = columnsOf(component);
  const chunk = component.stripeSectors ?? 128;
  if (component.layout === 'striped') {
    const targets = columns.map((extents, index) => columnTarget(component, index, extents, context));
    return [`0 ${sizeSectors} striped ${columns.length} ${chunk} ${targets.join(' ')}`];
  }
  // The raid target takes whole devices, each behind a metadata device ("-" for none); left-symmetric as Windows lays it.
  const devices = columns.map((extents, index) => {
    if (!isPresent(extents, context)) return '- -';
    const target = helper(`${component.name}-${index}`, linearLines(extents, context), context);
    return `- ${target.split(' ')[0]}`;
  });
  return [`0 ${sizeSectors} raid raid5_ls 2 ${chunk} nosync ${devices.length} ${devices.join(' ')}`];
}

function columnTarget(
  component: VolumeComponent,
  index: number,
  extents: readonly VolumeExtent[],
  context: Context,
): Target {
  const [first, ...more] = extents;
  if (first && more.length === 0) return place(first, context);
  return helper(`${component.name}-${index}`, linearLines(extents, context), context);
}

function columnsOf(component: VolumeComponent): VolumeExtent[][] {
  return Array.from({ length: component.columns }, (_, column) =>
    component.extents.filter((extent) => extent.column === column),
  );
}

function linearLines(extents: readonly VolumeExtent[], context: Context): string[] {
  return extents.map(
    (extent) => `${extent.columnOffset} ${extent.sizeSectors} linear ${place(extent, context)}`,
  );
}

function helper(name: string, table: readonly string[], context: Context): Target {
  const device = { name: `${context.prefix}-${name}`, table };
  context.helpers.push(device);
  return `${context.mapperFolder}/${device.name} 0`;
}

function place(extent: VolumeExtent, context: Context): Target {
  const path = extent.disk.member && context.pathOf(extent.disk.member);
  if (path === undefined || extent.absoluteSector === undefined) {
    throw new Error(`Extent ${extent.name} lies on ${extent.disk.name}, which is missing.`);
  }
  return `${path} ${extent.absoluteSector}`;
}

function isServable(component: VolumeComponent, context: Context): boolean {
  return missingColumns(component, context) <= (component.layout === 'raid5' ? 1 : 0);
}

function missingColumns(component: VolumeComponent, context: Context): number {
  const columns = component.layout === 'concatenated' ? [component.extents] : columnsOf(component);
  return columns.filter((extents) => !isPresent(extents, context)).length;
}

function isPresent(extents: readonly VolumeExtent[], { pathOf }: Context): boolean {
  return extents.every(({ disk }) => disk.member !== undefined && pathOf(disk.member) !== undefined);
}
