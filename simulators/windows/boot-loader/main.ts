/**
 * `\bootmgr` of the stand-in: reads `\Boot\BCD` of the partition it came from, finds the loader's device among the
 * disks that are there and hands over to `winload.exe` on it, or shows why it cannot.
 */
import * as os from 'quickjs-os';
import * as std from 'quickjs-std';
import { type BootSituation, decideBoot, renderFailureScreen } from '../boot-manager';
import { readBootOrigin } from './command-line';
import { findDisks, findVolume } from './disks';
import { findFile, readFile, readLogs, run } from './files';
import { log, showScreen } from './screen';
import { Volumes } from './volumes';

const origin = readBootOrigin();
const disks = findDisks();
const volumes = new Volumes(disks);
const bootPlace = findVolume(disks, origin.volumeSerial);
const active = bootPlace && disks[bootPlace.disk]?.partitions[bootPlace.partition]?.active;

const decision = decideBoot({
  ...readStore(),
  disks: disks.map((disk) => ({
    style: 'mbr',
    signature: disk.signature,
    partitions: disk.partitions.map((partition) => ({ offsetBytes: partition.startSector * 512 })),
  })),
  bootDisk: bootPlace?.disk ?? 0,
  bootPartition: active ? bootPlace.partition : undefined,
  fileExists: (place, windowsPath) => {
    const mountPoint = volumes.mountPoint(place);
    return mountPoint !== undefined && findFile(mountPoint, windowsPath) !== undefined;
  },
  era: origin.era,
});

if (decision.kind === 'failure') {
  showScreen(renderFailureScreen(decision));
  std.exit(1);
}

log(`Windows Boot Manager: starting ${decision.description} from ${volumes.device(decision.osdevice)}`);
const loaderMount = volumes.mountPoint(decision.device);
const loader = loaderMount === undefined ? undefined : findFile(loaderMount, decision.path);
const system = volumes.device(decision.osdevice);
if (loader === undefined || !run('cp', loader, '/run/winload.js')) {
  throw new Error(`${decision.path} was there a moment ago and cannot be read now.`);
}
volumes.unmountAll();
os.mkdir('/win/C', 0o755);
if (!run('ntfs-3g', '-o', 'big_writes', system, '/win/C')) {
  throw new Error(`Failed to mount ${system}, which held the system hive a moment ago.`);
}
std.exit(
  os.exec(['qjs', '--std', '-m', '/run/winload.js', '/win/C', decision.systemRoot, origin.era], {
    block: true,
  }),
);

function readStore(): Pick<BootSituation, 'storeBytes' | 'storeLogs'> {
  const mountPoint = bootPlace && volumes.mountPoint(bootPlace);
  const store = mountPoint === undefined ? undefined : findFile(mountPoint, '\\Boot\\BCD');
  if (mountPoint === undefined || store === undefined) return { storeBytes: undefined };
  return { storeBytes: readFile(store), storeLogs: readLogs(mountPoint, '\\Boot\\BCD') };
}
