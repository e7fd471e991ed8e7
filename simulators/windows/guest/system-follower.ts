import { confirmControlSet, oemCodePageOf } from '../../disk/registry';
import { type FileAccess, isCodePage, readHiveFile, USUAL_CODE_PAGE } from '../shell';
import { changeSystemHive, ServiceControl } from '../tools';
import type { WindowsHost } from '../windows-host';
import type { SystemServers } from './system-servers';
import { watchedFile } from './watched-file';

export interface SystemFollowerParts {
  readonly host: WindowsHost;
  readonly files: FileAccess;
  readonly servers: Pick<SystemServers, 'follow'> | undefined;
  readonly log: (sentence: string) => void;
}

/** Lets what runs follow what the SYSTEM hive says: at the start, and after each change of the hive or of a service. */
export class SystemFollower {
  /** The same files: a tool that changes the hive is done when the machine is as the hive says. */
  readonly files: FileAccess;
  readonly #path: string;
  #confirmed = false;
  #codePage = USUAL_CODE_PAGE;

  constructor(
    private readonly parts: SystemFollowerParts,
    private readonly signal: AbortSignal,
  ) {
    this.#path = `${parts.host.systemDrive}:\\Windows\\System32\\config\\SYSTEM`;
    this.files = watchedFile(parts.files, this.#path, () => this.follow());
  }

  /** The code page that new consoles have (OEMCP). */
  get codePage(): number {
    return this.#codePage;
  }

  /** Resolves when servers and firewall are as the registry says. A hive that cannot be read leaves them as they are. */
  async follow(): Promise<void> {
    const { host, files, servers, log } = this.parts;
    if (servers === undefined) return;
    try {
      const system = await readHiveFile(files, this.#path);
      const codePage = oemCodePageOf(system) ?? USUAL_CODE_PAGE;
      if (isCodePage(codePage)) this.#codePage = codePage;
      const control = new ServiceControl(host, system);
      control.onChange(() => this.follow());
      const runs = (name: string): boolean => control.isRunning({ name });
      await servers.follow(system, runs, this.signal);
    } catch (error) {
      log(`The servers stay as they are: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Somebody has logged on: this start counts as a good one. */
  async loggedOn(): Promise<void> {
    if (this.#confirmed) return;
    this.#confirmed = true;
    const { host, files, log } = this.parts;
    try {
      if (!confirmControlSet(await readHiveFile(files, this.#path))) return;
      await changeSystemHive({ host, files: this.files }, 'SYSTEM', confirmControlSet);
    } catch (error) {
      log(`The last known good control set is not noted: ${String(error)}`);
    }
  }
}
