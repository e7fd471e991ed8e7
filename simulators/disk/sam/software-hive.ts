import { createHive, type Hive, type HiveClock } from '../regf';

export interface SoftwareHiveOptions {
  /** Default `Windows Server 2008 R2 Standard`. */
  readonly productName?: string | undefined;
  /** Default `6.1`. */
  readonly currentVersion?: string | undefined;
  /** Default `7601`. */
  readonly currentBuild?: string | undefined;
  /** Default `ServerStandard`. */
  readonly editionId?: string | undefined;
  /** Default `Server`. */
  readonly installationType?: string | undefined;
  /** Default `C:\Windows`. */
  readonly systemRoot?: string | undefined;
  readonly registeredOwner?: string | undefined;
  readonly clock?: HiveClock | undefined;
}

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
  version.setString('EditionID', options.editionId ?? 'ServerStandard');
  version.setString('InstallationType', options.installationType ?? 'Server');
  version.setString('SystemRoot', options.systemRoot ?? 'C:\\Windows');
  version.setString('RegisteredOwner', options.registeredOwner ?? '');
  const current = hive.createKey('Microsoft\\Windows\\CurrentVersion');
  current.setString('ProgramFilesDir', 'C:\\Program Files');
  return hive;
}
