import assert from 'node:assert/strict';
import { Given } from '@cucumber/cucumber';
import { readDuration, readFault } from '../simulators/provider';
import { DEFAULT_FLAVORS } from '../simulators/provider/nova';
import type { NovaCustomer } from './nova-customer';
import { addImage, addVolume, bootFromVolume } from './nova-stores';
import type { RescueWorld } from './world';

/** What leads to each state, by calls that a customer makes; the last one is not waited for where the state is on the way. */
const WAYS: Readonly<Record<string, { readonly actions: readonly string[]; readonly onTheWay?: boolean }>> = {
  active: { actions: [] },
  stopped: { actions: ['{"os-stop":null}'] },
  paused: { actions: ['{"pause":null}'] },
  suspended: { actions: ['{"suspend":null}'] },
  'in rescue': { actions: ['{"rescue":null}'] },
  locked: { actions: ['{"lock":null}'] },
  'locked in rescue': { actions: ['{"rescue":null}', '{"lock":null}'] },
  'entering rescue': { actions: ['{"rescue":null}'], onTheWay: true },
  'leaving rescue': { actions: ['{"rescue":null}', '{"unrescue":null}'], onTheWay: true },
  rebooting: { actions: ['{"reboot":{"type":"SOFT"}}'], onTheWay: true },
};

const STATES = [...Object.keys(WAYS), 'in error'];

Given(
  new RegExp(`^her cloud server is (${STATES.join('|')})$`),
  async function (this: RescueWorld, state: string) {
    if (state === 'in error') {
      await breakServer(this.cloud);
      return;
    }
    const way = WAYS[state];
    assert.ok(way);
    for (const [index, action] of way.actions.entries()) {
      const { status, body } = await this.cloud.act(action);
      assert.ok(status < 300, `${action} was refused: ${JSON.stringify(body)}`);
      if (!(way.onTheWay && index === way.actions.length - 1)) {
        await this.cloud.settle();
      }
    }
  },
);

Given('her cloud server boots from a volume', async function (this: RescueWorld) {
  await bootFromVolume(this.cloud);
});

Given(
  'her cloud server boots from a volume at a host that cannot rescue volumes',
  async function (this: RescueWorld) {
    this.cloud.options.rescuesVolumes = false;
    await bootFromVolume(this.cloud);
  },
);

Given(
  'her cloud server was in rescue for {word} and is so again',
  async function (this: RescueWorld, time: string) {
    await this.cloud.act('{"rescue":null}');
    await this.cloud.settle();
    await this.cloud.clock.advance(readDuration(time));
    await this.cloud.act('{"unrescue":null}');
    await this.cloud.settle();
    await this.cloud.act('{"rescue":null}');
    await this.cloud.settle();
  },
);

Given(
  'the volume {string} is attached to her cloud server',
  async function (this: RescueWorld, name: string) {
    await addVolume(this.cloud, name);
    const { status, body } = await this.cloud.call(
      'POST',
      '/servers/{server}/os-volume_attachments',
      `{"volumeAttachment":{"volumeId":"{${name}}"}}`,
    );
    assert.equal(status, 200, JSON.stringify(body));
    await this.cloud.untilVolume(name, 'in-use');
  },
);

Given('the volume {string} is free', async function (this: RescueWorld, name: string) {
  await addVolume(this.cloud, name);
});

Given(
  'the volume {string} is only {string}',
  async function (this: RescueWorld, name: string, status: string) {
    const { volumes } = await this.cloud.provider();
    volumes.update(await this.cloud.filledIn(`{${name}}`), { status: status as 'reserved' });
  },
);

Given('her cloud server has an ephemeral disk, swap and a config drive', function (this: RescueWorld) {
  const [flavor] = DEFAULT_FLAVORS;
  assert.ok(flavor);
  this.cloud.options.flavors = [{ ...flavor, ephemeral: 20, swap: 1024 }];
  this.cloud.server.configDrive = true;
});

Given('her cloud server has no config drive', function (this: RescueWorld) {
  this.cloud.server.configDrive = false;
});

Given(/^her cloud server's image has (\{.*\})$/, function (this: RescueWorld, properties: string) {
  this.cloud.server.imageProperties = JSON.parse(properties) as Record<string, string>;
});

Given('her cloud server was made of a snapshot', async function (this: RescueWorld) {
  await addImage(this.cloud, 'snapshot', {});
  const { image, instances } = await this.cloud.provider();
  const imageId = await this.cloud.filledIn('{snapshot}');
  instances.update(await this.cloud.instance(), { imageId, baseImageId: image });
});

Given(
  /^the cloud has the image "([^"]+)" with (\{.*\})$/,
  async function (this: RescueWorld, name: string, properties: string) {
    await addImage(this.cloud, name, JSON.parse(properties) as Record<string, string>);
  },
);

Given('the cloud has no stock image any more', async function (this: RescueWorld) {
  const { images, image } = await this.cloud.provider();
  images.delete(image);
});

/** Nova's extra specs. */
const EXTRA_SPECS = {
  'virtual TPM': { 'hw:tpm_version': '2.0' },
  'virtual GPU': { 'resources:VGPU': '1' },
} as const;

Given(
  /^her flavor asks for a (virtual TPM|virtual GPU)$/,
  function (this: RescueWorld, device: keyof typeof EXTRA_SPECS) {
    const [flavor] = DEFAULT_FLAVORS;
    assert.ok(flavor);
    this.cloud.options.flavors = [{ ...flavor, extraSpecs: EXTRA_SPECS[device] }];
  },
);

Given('its guest does not switch itself off', async function (this: RescueWorld) {
  Object.assign((await this.cloud.instance()).hypervisor, { deaf: true });
});

Given('the cloud ends rescues after {int} hours', function (this: RescueWorld, hours: number) {
  this.cloud.options.rescueTimeout = hours * 3600;
});

Given('the cloud shows no passwords', function (this: RescueWorld) {
  this.cloud.options.showPasswords = false;
});

Given('the cloud has a console proxy', function (this: RescueWorld) {
  this.cloud.options.consoleProxyUrl = () => 'http://127.0.0.1:6080';
});

Given('this goes wrong at the cloud: {word}', async function (this: RescueWorld, fault: string) {
  const { faults } = await this.cloud.provider();
  faults.add(readFault(fault));
});

Given("the cloud's flavors are {string}", function (this: RescueWorld, names: string) {
  const [flavor] = DEFAULT_FLAVORS;
  assert.ok(flavor);
  this.cloud.options.flavors = names
    .split(', ')
    .map((name, index) => ({ ...flavor, id: name, name, ram: 2048 * (index + 1) }));
});

/** A rescue that the hypervisor fails at. */
async function breakServer(cloud: NovaCustomer): Promise<void> {
  const { faults } = await cloud.provider();
  using _fault = faults.add({ kind: 'driver-error', times: 1 });
  await cloud.act('{"rescue":null}');
  await cloud.settle();
}
