import { calledServer, type OvhRoutes } from './call';

/** `/specifications`: memory, disks and network of a server; what no scenario asks for is a plain constant. */
export const specificationRoutes: OvhRoutes<
  | 'GET /dedicated/server/{serviceName}/specifications/hardware'
  | 'GET /dedicated/server/{serviceName}/specifications/network'
> = {
  'GET /dedicated/server/{serviceName}/specifications/hardware': (call) => {
    const server = calledServer(call);
    return {
      description: `Server with ${server.memory} GB`,
      bootMode: server.bootMode,
      memorySize: { unit: 'MB', value: server.memory * 1024 },
      numberOfProcessors: 1,
      coresPerProcessor: 8,
      threadsPerProcessor: 16,
      processorName: 'Simulated processor',
      processorArchitecture: 'x86_64',
      motherboard: 'Simulated motherboard',
      formFactor: '1u',
      defaultHardwareRaidType: null,
      defaultHardwareRaidSize: null,
      diskGroups: server.diskGroups.map(({ numberOfDisks, diskSize, diskType }, index) => ({
        diskGroupId: index + 1,
        description: `${numberOfDisks} X Disk ${diskType} ${diskSize} GB`,
        diskSize: { unit: 'GB', value: diskSize },
        diskType,
        numberOfDisks,
        raidController: null,
        defaultHardwareRaidType: null,
        defaultHardwareRaidSize: null,
      })),
      expansionCards: null,
      usbKeys: null,
    };
  },
  'GET /dedicated/server/{serviceName}/specifications/network': (call) => {
    const { ip, netboot } = calledServer(call);
    const isPrivate = netboot === 'private network';
    const megabits = (value: number) => ({ unit: 'Mbps', value });
    return {
      bandwidth: {
        InternetToOvh: megabits(1000),
        OvhToInternet: megabits(500),
        OvhToOvh: megabits(1000),
        type: 'included',
      },
      connection: megabits(1000),
      // OVHcloud Link Aggregation: with it all of a server's networks can be private.
      ola: {
        available: isPrivate,
        availableModes: isPrivate
          ? [
              {
                default: true,
                interfaces: [{ aggregation: true, count: 2, type: 'vrack' }],
                name: 'vrack_aggregation',
              },
            ]
          : [],
        supportedModes: isPrivate ? ['vrack_aggregation'] : null,
      },
      routing: {
        ipv4: {
          gateway: ip.replace(/\d+$/, '254'),
          ip,
          network: ip.replace(/\d+$/, '0/24'),
        },
        ipv6: null,
      },
      switching: { name: null },
      traffic: null,
      vmac: { quota: 0, supported: false },
      vrack: null,
    };
  },
};
