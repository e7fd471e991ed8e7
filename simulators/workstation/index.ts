/** The customer's own computer: real SSH, RDP, VNC and web clients. */
export type { CustomerBrowser } from './browser/open-browser';
export { chooseFlavour, describeFlavour } from './choose-flavour';
export { chooseWorkstation, type WorkstationOptions } from './choose-workstation';
export type { CommandLine } from './command/command-line';
export type { LoginOutcome, LoginTarget } from './login-outcome';
export type { PortState, PortTarget } from './port/ask-port';
export { pruneContainerImages } from './programs/container-image';
export type { RdpClient } from './rdp/rdp-client';
export type { RdpSession } from './rdp/rdp-session';
export { looksLike, readPicture } from './read-picture';
export type { CommandResult, SshClient } from './ssh/ssh-client';
export type { SshSession } from './ssh/ssh-session';
export type { Snapshot } from './vnc/snapshot';
export type { VncViewer } from './vnc/vnc-viewer';
export { waitForWords } from './vnc/wait-for-words';
export type { Workstation } from './workstation';
