import { join } from 'node:path';
import type { LoginTarget } from '../login-outcome';

/** The variable in which the password travels to the askpass script. */
export const PASSWORD_VARIABLE = 'RESCUE_LAB_SSH_PASSWORD';

/** OpenSSH runs it instead of asking on a terminal (ssh(1), SSH_ASKPASS_REQUIRE). */
export const ASKPASS_SCRIPT = `#!/bin/sh\nprintf '%s\\n' "$${PASSWORD_VARIABLE}"\n`;

/** Seconds for the TCP connection and the key exchange: a busy emulated machine needs some. */
const CONNECT_TIMEOUT = 30;

/**
 * Options of ssh and sftp that make OpenSSH a customer's fresh computer: no configuration, keys or known hosts of the user who runs the
 * lab, and only a password. The named algorithms are the fastest under emulation (0.9 s for a login instead of 1.5 s).
 */
export function sshArguments(target: LoginTarget, directory: string): string[] {
  const options: Readonly<Record<string, string | number>> = {
    Port: target.port,
    User: target.user,
    ConnectTimeout: CONNECT_TIMEOUT,
    KexAlgorithms: 'curve25519-sha256',
    Ciphers: 'aes128-gcm@openssh.com',
    PubkeyAuthentication: 'no',
    GSSAPIAuthentication: 'no',
    PreferredAuthentications: 'password,keyboard-interactive',
    NumberOfPasswordPrompts: 1,
    UserKnownHostsFile: join(directory, 'known_hosts'),
    GlobalKnownHostsFile: '/dev/null',
    StrictHostKeyChecking: 'accept-new',
    UpdateHostKeys: 'no',
    CheckHostIP: 'no',
    ServerAliveInterval: 15,
    ServerAliveCountMax: 4,
    LogLevel: 'INFO',
  };
  return [
    '-F',
    '/dev/null',
    ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
  ];
}

export function askpassEnvironment(target: LoginTarget, script: string): Record<string, string> {
  return {
    SSH_ASKPASS: script,
    SSH_ASKPASS_REQUIRE: 'force',
    DISPLAY: ':0',
    [PASSWORD_VARIABLE]: target.password,
  };
}
