import type { RfbAddress } from '../vm/rfb';
import { waitingFor } from '../waits';
import { type CustomerBrowser, openBrowser } from './browser/open-browser';
import { CommandLine } from './command/command-line';
import type { LoginTarget } from './login-outcome';
import { askPort, type PortState, type PortTarget } from './port/ask-port';
import type { Programs } from './programs/programs';
import { RdpClient } from './rdp/rdp-client';
import { SshClient } from './ssh/ssh-client';
import { VncViewer } from './vnc/vnc-viewer';

/** The customer's computer. What is opened here is closed with it, the last opened first. */
export class Workstation implements AsyncDisposable {
  readonly #opened = new AsyncDisposableStack();
  #clients = 0;

  constructor(private readonly programs: Programs) {
    this.#opened.use(programs);
  }

  get kind(): 'host' | 'container' {
    return this.programs.kind;
  }

  /** One line for reports: where its programs come from, and why. */
  get description(): string {
    return this.programs.description;
  }

  ssh(target: LoginTarget): SshClient {
    return this.#opened.use(new SshClient(this.programs, target, `ssh-${++this.#clients}`));
  }

  rdp(target: LoginTarget): RdpClient {
    return new RdpClient(this.programs, target, `rdp-${++this.#clients}`);
  }

  /** A shell for the commands of other people, such as `openstack`; `settings` is its environment. */
  commandLine(settings: Readonly<Record<string, string>>): CommandLine {
    return new CommandLine(this.programs, settings);
  }

  /** The viewer itself is this harness's own RFB client and runs in this process, also where programs run in a container. */
  async vnc(address: RfbAddress, options: { readonly deadline?: number } = {}): Promise<VncViewer> {
    return this.#opened.use(await VncViewer.connect(address, options));
  }

  /** What a port of the server does with somebody who knocks; asked by this process, as with VNC. */
  port(target: PortTarget, options: { readonly deadline?: number } = {}): Promise<PortState> {
    return waitingFor('answers of ports', () => askPort(target, options));
  }

  async browser(): Promise<CustomerBrowser> {
    return this.#opened.use(await openBrowser(this.programs, `browser-${++this.#clients}`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.disposeAsync();
  }
}
