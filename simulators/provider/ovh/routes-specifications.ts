import type { Router } from '../http';
import { calledServer, type SignedCall } from './call';

/** `/specifications`: memory, disks and network of a server; what no scenario asks for is a plain constant. */
export function specificationRoutes(router: Router<SignedCall['context']>): void {
  const specifications = '/dedicated/server/{serviceName}/specifications';
  router
    .get(`${specifications}/hardware`, (call) => {
      const server = calledServer(call);
      return Response.json({
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
      });
    })
    .get(`${specifications}/network`, (call) => {
      const { ip } = calledServer(call);
      const megabits = (value: number) => ({ unit: 'Mbps', value });
      return Response.json({
        bandwidth: {
          InternetToOvh: megabits(1000),
          OvhToInternet: megabits(500),
          OvhToOvh: megabits(1000),
          type: 'included',
        },
        connection: megabits(1000),
        ola: { available: false, availableModes: [], supportedModes: null },
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
      });
    });
}
