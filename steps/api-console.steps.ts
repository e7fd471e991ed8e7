import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { NullPhysicalServer } from '../simulators/provider';
import type { RescueWorld } from './world';

const IPMI = '/dedicated/server/{server}/features/ipmi';
const BMC = '/dedicated/server/{server}/features/bmc';

Given(
  'an access to the console was asked for {int} minute(s)',
  async function (this: RescueWorld, ttl: number) {
    hasConsole(this);
    await this.api.task('POST', `${IPMI}/access`, { type: 'kvmipHtml5URL', ttl });
  },
);

Given(
  'an access to the console was asked of the BMC for {int} minute(s)',
  async function (this: RescueWorld, ttl: number) {
    hasConsole(this);
    await this.api.task('POST', `${BMC}/webKvm`, { ttl });
  },
);

Given('a test of the BMC by {word} is done', async function (this: RescueWorld, type: string) {
  await this.api.task('POST', `${BMC}/test`, { type });
});

Given('a test of the IPMI module by {word} is done', async function (this: RescueWorld, type: string) {
  await this.api.task('POST', `${IPMI}/test`, { type, ttl: 5 });
});

When('an access to the console is asked for', async function (this: RescueWorld) {
  await this.api.task('POST', `${IPMI}/access`, { type: 'kvmipHtml5URL', ttl: 5 });
});

When('the sessions of the BMC are revoked', async function (this: RescueWorld) {
  const asked = this.api.operationId;
  await this.api.task('POST', `${BMC}/revokeSessions`);
  this.api.operationId = asked;
});

When('the sessions of the IPMI module are reset', async function (this: RescueWorld) {
  await this.api.task('POST', `${IPMI}/resetSessions`);
});

Then('the link of the console is answered {int}', async function (this: RescueWorld, status: number) {
  await this.api.call('GET', `${IPMI}/access?type=kvmipHtml5URL`);
  assert.equal(this.api.answer.status, status);
});

Then('the access of the BMC is answered {int}', async function (this: RescueWorld, status: number) {
  await this.api.call('GET', `${BMC}/webKvm?operationId={operation}`);
  assert.equal(this.api.answer.status, status);
});

function hasConsole({ api }: RescueWorld): void {
  api.server = { ...api.server, hardware: new NullPhysicalServer({ console: '127.1.2.3:5900' }) };
}
