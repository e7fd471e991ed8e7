import assert from 'node:assert/strict';
import { Then, When } from '@cucumber/cucumber';
import type { RescueWorld } from './world';

When(/^a program asks for \/me and does not ask again$/, async function (this: RescueWorld) {
  const { url } = await this.api.start();
  const failure = await fetch(`${url}/1.0/me`).then(
    ({ status }) => `answered ${status}`,
    (error: Error) => String(error.cause),
  );
  this.seen = failure;
});

When(
  /^a program asks for \/me, and time goes on in steps of (\d+) seconds$/,
  async function (this: RescueWorld, seconds: string) {
    const program = await this.api.program();
    let isAnswered = false;
    const answered = program.get('/me').finally(() => {
      isAnswered = true;
    });
    const asked = this.api.clock.now();
    while (!isAnswered) {
      await this.api.clock.advance(Number(seconds) * 1000);
    }
    this.api.answer = { status: 200, body: await answered };
    this.waited = this.api.clock.now() - asked;
  },
);

Then('the program has waited for {int} seconds at least', function (this: RescueWorld, seconds: number) {
  assert.ok(this.waited >= seconds * 1000, `It has waited for ${this.waited} ms.`);
});

Then('the connection ended without an answer', function (this: RescueWorld) {
  assert.match(this.seen, /SocketError: other side closed/);
});
