import { expect, it } from 'vitest';
import { bootPhase } from './boot-phase';

it('tells how far a boot from disk has come by its serial line', () => {
  let printed = '';
  const after = (line: string) => {
    printed += `${line}\r\n`;
    return bootPhase(printed);
  };
  expect(bootPhase(printed)).toBe('firmware and boot code');
  expect(after("standin: the boot manager's Linux runs")).toBe('boot manager');
  expect(after('Windows Boot Manager: starting Windows Server 2016 from /dev/vda2')).toBe('start of Windows');
  expect(after('standin: servers are listening (11.2 s after power-on)')).toBe('password from the provider');
});

it('tells the rescue system that fetches images, and the machine that it starts', () => {
  expect(bootPhase('rescue-customer: fetching the rescue system')).toBe('images over the network');
  const nested = 'rescue-customer: starting the Windows rescue system (kvm)';
  expect(bootPhase(nested)).toBe('nested machine');
  expect(bootPhase(`${nested}\r\nstandin: userland starts (4.1 s after power-on)`)).toBe('start of Windows');
});
