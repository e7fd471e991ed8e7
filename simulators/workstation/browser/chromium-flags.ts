/** Flags for a Chromium that talks to nobody but the pages it is told to open. */
export function chromiumFlags(isRoot: boolean): string[] {
  return [
    // The sandbox refuses to run for root, as on build machines and in containers.
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-sync',
    '--no-first-run',
    '--no-pings',
    '--metrics-recording-only',
    '--disable-dev-shm-usage',
  ];
}
