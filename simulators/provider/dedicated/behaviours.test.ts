import { expect, test } from 'vitest';
import { LabClock } from '../clock';
import { NullPhysicalServer } from '../null-physical-server';
import { SERVER_NAME, startTestProvider, WINDOWS_SERVER } from '../testing';

const FILES = {
  'rescue-customer-windows': { kernel: '/dev/null', initrd: ['/dev/null'], commandLine: '' },
};

async function startInRescue(hardware = new NullPhysicalServer()) {
  const clock = new LabClock({ startAt: new Date('2026-03-01T12:00:00Z'), frozen: true });
  const provider = await startTestProvider({ clock, servers: [{ ...WINDOWS_SERVER, hardware }] });
  await provider.startNetboot(SERVER_NAME, { files: FILES });
  const server = provider.core.server(SERVER_NAME);
  const { bootId } = server.boots.find(({ kernel }) => kernel === 'rescue-customer-windows') ?? {};
  provider.core.change(server, { bootId: bootId ?? null });
  const ended = provider.events.waitFor('task-changed', ({ status }) => status === 'done');
  provider.core.reboot(server);
  await clock.advance(1);
  await ended;
  return { provider, server, hardware, clock };
}

test('a restart inside the rescue system keeps boot and login, a power cycle makes new ones', async () => {
  const { provider, server, hardware } = await startInRescue();
  await using _provider = provider;
  const { boot } = server;
  await hardware.restartGuest();
  expect(server.boot).toBe(boot);
  const ready = provider.events.waitFor('ready');
  await hardware.hardReset();
  await ready;
  expect(server.boot).not.toBe(boot);
  expect(server.boot?.session?.password.reveal()).not.toBe(boot?.session?.password.reveal());
});

test('a restart inside an installed system is one of the server', async () => {
  const { provider, server, hardware } = await startInRescue();
  await using _provider = provider;
  provider.core.change(server, { bootId: 1 });
  await hardware.hardReset();
  const served = provider.events.waitFor('script-served');
  await hardware.restartGuest();
  expect(await served).toMatchObject({ kernel: 'hd' });
});

test('a late mail that the end of the lab overtakes is no error', async () => {
  const clock = new LabClock({ frozen: true });
  const provider = await startTestProvider({ clock, faults: [{ kind: 'mail-late', by: 60_000 }] });
  await provider.startNetboot(SERVER_NAME, { files: FILES });
  const server = provider.core.server(SERVER_NAME);
  const { bootId } = server.boots.find(({ kernel }) => kernel === 'rescue-customer-windows') ?? {};
  provider.core.change(server, { bootId: bootId ?? null });
  const ready = provider.events.waitFor('ready');
  provider.core.reboot(server);
  await clock.advance(1);
  await ready;
  await provider[Symbol.asyncDispose]();
  expect(provider.inbox?.mails).toEqual([]);
});

test('two interventions are not opened about the same boot', async () => {
  const { provider, server } = await startInRescue();
  await using _provider = provider;
  const { datacentre } = provider.core;
  datacentre.openIntervention(server, 'bootFailure');
  datacentre.openIntervention(server, 'monitoring');
  expect(server.interventions.map(({ type }) => type)).toEqual(['bootFailure']);
  expect(datacentre.intervention(server, 1)).toMatchObject({ type: 'bootFailure' });
  expect(() => datacentre.intervention(server, 2)).toThrow('does not exist');
});
