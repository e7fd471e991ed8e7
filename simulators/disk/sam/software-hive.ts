import { createHive, type Hive, type HiveClock } from '../regf';

export interface SoftwareHiveOptions {
  /** Default `Windows Server 2008 R2 Standard`. */
  readonly productName?: string | undefined;
  /** Default `6.1`. */
  readonly currentVersion?: string | undefined;
  /** Default `7601`. */
  readonly currentBuild?: string | undefined;
  /** Default `ServerStandard`; `null` for a Windows that has no such value (2003). */
  readonly editionId?: string | null | undefined;
  /** Default `Server`; `null` as above. */
  readonly installationType?: string | null | undefined;
  /** E.g. `Service Pack 2`. */
  readonly csdVersion?: string | undefined;
  /** E.g. `1607`. */
  readonly releaseId?: string | undefined;
  /** Default `C:\Windows`. */
  readonly systemRoot?: string | undefined;
  readonly registeredOwner?: string | undefined;
  readonly clock?: HiveClock | undefined;
}

/** From the first build of Windows 10 on the version is 10.0, and `CurrentVersion` stays 6.3. */
const FIRST_OF_TEN = 10_240;

/** A SOFTWARE hive that says which Windows this is. */
export function createSoftwareHive(options: SoftwareHiveOptions = {}): Hive {
  const { clock, currentBuild = '7601' } = options;
  const hive = createHive('CMI-CreateHive{3D971F19-49AB-4000-8D39-A6D9C673D809}', {
    fileName: 'emRoot\\System32\\Config\\SOFTWARE',
    ...(clock ? { clock } : {}),
  });
  const version = hive.createKey('Microsoft\\Windows NT\\CurrentVersion');
  version.setString('ProductName', options.productName ?? 'Windows Server 2008 R2 Standard');
  version.setString('CurrentVersion', options.currentVersion ?? '6.1');
  version.setString('CurrentBuild', currentBuild);
  version.setString('CurrentBuildNumber', currentBuild);
  const { editionId = 'ServerStandard', installationType = 'Server', csdVersion, releaseId } = options;
  if (editionId !== null) version.setString('EditionID', editionId);
  if (installationType !== null) version.setString('InstallationType', installationType);
  if (csdVersion !== undefined) version.setString('CSDVersion', csdVersion);
  if (releaseId !== undefined) version.setString('ReleaseId', releaseId);
  if (Number(currentBuild) >= FIRST_OF_TEN) {
    version.setDword('CurrentMajorVersionNumber', 10);
    version.setDword('CurrentMinorVersionNumber', 0);
  }
  version.setString('SystemRoot', options.systemRoot ?? 'C:\\Windows');
  version.setString('RegisteredOwner', options.registeredOwner ?? '');
  const current = hive.createKey('Microsoft\\Windows\\CurrentVersion');
  current.setString('ProgramFilesDir', 'C:\\Program Files');
  return hive;
}
