import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeConsole } from './take-console';

test('unbinds the framebuffer console only and defuses Ctrl+Alt+Del', () => {
  const root = mkdtempSync(join(tmpdir(), 'take-console-'));
  try {
    const consoleDirectory = (name: string) => join(root, 'sys/class/vtconsole', name);
    for (const [name, text] of [
      ['vtcon0', '(S) dummy device'],
      ['vtcon1', '(M) frame buffer device'],
    ] as const) {
      mkdirSync(consoleDirectory(name), { recursive: true });
      writeFileSync(join(consoleDirectory(name), 'name'), text);
      writeFileSync(join(consoleDirectory(name), 'bind'), '1');
    }
    mkdirSync(join(root, 'proc/sys/kernel'), { recursive: true });
    writeFileSync(join(root, 'proc/sys/kernel/ctrl-alt-del'), '1');
    takeConsole(root);
    expect(readFileSync(join(consoleDirectory('vtcon0'), 'bind'), 'utf8')).toBe('1');
    expect(readFileSync(join(consoleDirectory('vtcon1'), 'bind'), 'utf8')).toBe('0');
    expect(readFileSync(join(root, 'proc/sys/kernel/ctrl-alt-del'), 'utf8')).toBe('0');
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('passes over what the machine does not have', () => {
  const root = mkdtempSync(join(tmpdir(), 'take-console-'));
  try {
    expect(() => takeConsole(root)).not.toThrow();
  } finally {
    rmSync(root, { recursive: true });
  }
});
