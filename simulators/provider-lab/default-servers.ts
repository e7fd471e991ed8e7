import type { ServerDescription } from '../provider';
import type { ExistingServer } from '../provider/nova';

/** The servers of a provider without machines: one for each case that the Windows rescue system tells apart. */
export const DEFAULT_SERVERS: readonly ServerDescription[] = [
  {
    name: 'ns1111111.ip-203-0-113.eu',
    ip: '203.0.113.100',
    mac: '52:54:00:cb:00:71',
    os: 'win2022-std_64',
    memory: 32,
  },
  {
    name: 'ns2222222.ip-203-0-113.eu',
    ip: '203.0.113.101',
    mac: '52:54:00:cb:00:72',
    os: 'win2019-std_64',
    memory: 8,
  },
  {
    name: 'ns3333333.ip-203-0-113.eu',
    ip: '203.0.113.102',
    mac: '52:54:00:cb:00:73',
    os: 'debian12_64',
    memory: 64,
  },
];

/** Another customer, whose server the first one must not see. */
export const OTHER_ACCOUNT = {
  account: {
    nichandle: 'yy2222-ovh',
    email: 'other@example.org',
    firstname: 'Bo',
    name: 'Other',
    language: 'fr_FR',
    country: 'FR',
    ovhSubsidiary: 'FR',
    password: 'another lab customer',
  },
  servers: [
    {
      name: 'ns9999999.ip-198-51-100.eu',
      ip: '198.51.100.9',
      mac: '52:54:00:cb:00:79',
      os: 'win2022-std_64',
      memory: 32,
    },
  ],
} as const;

/** What a rescue system boots from where nothing boots: a file that is always there. */
const NO_FILES = { kernel: '/dev/null', initrd: ['/dev/null'], commandLine: '' };
export const NO_BOOT_FILES = { 'rescue-customer': NO_FILES, 'rescue-customer-windows': NO_FILES };

/** What a cloud without machines runs from the start: the customer's server, and another customer's. */
export const DEFAULT_CLOUD_SERVERS: readonly ExistingServer[] = [
  { name: 'web-01' },
  { name: 'db-01', owner: 'bo' },
];
