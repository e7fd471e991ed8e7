import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LabClock } from '../clock';
import { type NovaProvider, startNovaProvider } from '../nova';
import { ManualHypervisor } from '../nova/testing/manual-hypervisor';
import { NullPhysicalServer } from '../null-physical-server';
import { type OvhProvider, startOvhProvider } from '../ovh-provider';
import { seededRandom } from '../random';
import { dedicatedConsoles, type Panel, startConsoleProxy, startPanel } from './index';
import { hasChromium, launchChromium } from './testing/browser';
import { type RfbServer, startRfbServer } from './testing/rfb-server';

const NAME = 'ns1111111.ip-203-0-113.eu';
const WINDOWS_RESCUE = 'rescue-customer-windows';

/** The labels as the guides name them, written down once more here: not taken from the panel's own texts. */
const LABELS = {
  en: {
    edit: 'Edit',
    rescue: 'Boot in rescue mode',
    disk: 'Boot from the hard disk',
    system: 'Rescue available:',
    mail: 'Send new login details to the following email address:',
    next: 'Next',
    summary: 'Summary',
    rescueName: 'Rescue name:',
    confirm: 'Confirm',
    changed: 'The netboot has been correctly updated. You will need to reboot your server.',
    status: 'Status',
    restart: 'Restart',
    question: `Are you sure you want to reboot your ${NAME} server?`,
    started: `Your ${NAME} server is about to be rebooted.`,
    rebooted: `Your ${NAME} server has been rebooted.`,
    tasks: 'Tasks',
    hardReboot: 'Rebooted',
    done: 'Complete',
    emails: 'Service emails',
  },
  fr: {
    edit: 'Modifier',
    rescue: 'Booter en mode rescue',
    disk: 'Booter sur le disque dur',
    system: 'Rescue disponible :',
    mail: "Recevoir les identifiants du mode sur l'adresse e-mail :",
    next: 'Suivant',
    summary: 'Résumé',
    rescueName: 'Nom du rescue :',
    confirm: 'Valider',
    changed: 'Le netboot a correctement été mis à jour. Vous devez redémarrer le serveur.',
    status: 'Statut',
    restart: 'Redémarrer',
    question: `Êtes-vous sûr de vouloir redémarrer votre serveur ${NAME} ?`,
    started: `Votre serveur ${NAME} va redémarrer.`,
    rebooted: `Votre serveur ${NAME} a été redémarré.`,
    tasks: 'Tâches',
    hardReboot: 'Redémarrage',
    done: 'Terminée',
    emails: 'E-mails de service',
  },
  de: {
    edit: 'Bearbeiten',
    rescue: 'Im Rescue-Modus booten',
    disk: 'Von Festplatte booten',
    system: 'Verfügbarer Rescue:',
    mail: 'Zugangsdaten an folgende E-Mail-Adresse versenden:',
    next: 'Weiter',
    summary: 'Zusammenfassung',
    rescueName: 'Rescue-Name:',
    confirm: 'Bestätigen',
    changed: 'Der Netboot-Modus wurde erfolgreich aktualisiert. Starten Sie Ihren Server neu.',
    status: 'Status',
    restart: 'Neu starten',
    question: `Möchten Sie Ihren Server ${NAME} wirklich neu starten?`,
    started: `Ihr Server ${NAME} wird neu gestartet.`,
    rebooted: `Ihr Server ${NAME} wurde neu gestartet.`,
    tasks: 'Tasks',
    hardReboot: 'Neustart',
    done: 'Abgeschlossen',
    emails: 'E-Mails von OVHcloud',
  },
} as const;

interface Lab extends AsyncDisposable {
  readonly clock: LabClock;
  readonly ovh: OvhProvider;
  readonly nova: NovaProvider;
  readonly panel: Panel;
  readonly screen: RfbServer;
}

async function startLab(): Promise<Lab> {
  const stack = new AsyncDisposableStack();
  const clock = stack.use(new LabClock());
  const random = seededRandom('panel');
  const screen = stack.use(await startRfbServer({ red: 0, green: 120, blue: 215 }));
  const consoles = stack.use(await startConsoleProxy());
  const ovh = stack.use(
    await startOvhProvider({
      clock,
      random,
      servers: [
        {
          name: NAME,
          ip: '203.0.113.100',
          mac: '52:54:00:12:34:56',
          os: 'win2022-std_64',
          memory: 32,
          hardware: new NullPhysicalServer({ console: screen.address }),
        },
      ],
      pace: { todo: 50, init: 50 },
      consoleUrl: ({ token }) => consoles.urlFor(token),
    }),
  );
  await ovh.startNetboot(NAME, {
    files: { [WINDOWS_RESCUE]: { kernel: '/boot/k', initrd: ['/boot/i'], commandLine: 'quiet' } },
  });
  const nova = stack.use(await startNovaProvider({ clock, random, consoleProxyUrl: () => consoles.url }));
  consoles.add(dedicatedConsoles(ovh.core));
  consoles.add((token) => nova.resolveConsole(token));
  const panel = stack.use(await startPanel({ ovh, nova }));
  return { clock, ovh, nova, panel, screen, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Opens the `...` menu beside a row. */
const menuOf = (page: Page, row: string) =>
  page
    .locator('.row')
    .filter({ has: page.getByText(row, { exact: true }) })
    .locator('summary')
    .click();

const alert = (page: Page) => page.getByRole('status');

describe.skipIf(!hasChromium)('the control panel in Chromium (package chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function open(address: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    page.setDefaultTimeout(10_000);
    await page.goto(address);
    return page;
  }

  test.each(['en', 'fr', 'de'] as const)(
    'orders the Windows rescue system in %s',
    { timeout: 60_000 },
    async (language) => {
      await using lab = await startLab();
      const text = LABELS[language];
      const page = await open(`${lab.panel.url}/?lang=${language}`);
      await page.getByRole('link', { name: NAME }).click();
      await page.locator('#boot').filter({ hasText: text.disk }).waitFor();

      await menuOf(page, 'Boot');
      await page.getByRole('link', { name: text.edit, exact: true }).click();
      expect(await page.getByRole('radio', { name: text.disk }).isChecked()).toBe(true);
      await page.getByRole('radio', { name: text.rescue }).check();
      const systems = page.getByLabel(text.system);
      expect(await systems.locator('option:checked').textContent()).toBe(
        'rescue-customer - Customer rescue system',
      );
      await systems.selectOption({ label: 'rescue-customer-windows - Windows customer rescue system' });
      expect(await page.locator('#by-key').isVisible()).toBe(false);
      await page.getByLabel(text.mail).fill('admin@example.net');
      await page.getByRole('button', { name: text.next }).click();

      await page.getByRole('heading', { name: text.summary }).waitFor();
      const row = page.locator('.row').filter({ hasText: text.rescueName });
      expect(await row.locator('dd').textContent()).toBe(WINDOWS_RESCUE);
      expect(lab.ovh.core.server(NAME).bootId).toBe(1);
      await page.getByRole('button', { name: text.confirm }).click();
      await alert(page).filter({ hasText: text.changed }).waitFor();
      await page.locator('#boot').filter({ hasText: 'Windows customer rescue system' }).waitFor();
      expect(lab.ovh.core.server(NAME).rescueMail).toBe('admin@example.net');

      await menuOf(page, text.status);
      await page.getByRole('link', { name: text.restart, exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(text.question).waitFor();
      lab.clock.freeze();
      await dialog.getByRole('button', { name: text.confirm }).click();
      await alert(page).filter({ hasText: text.started }).waitFor();
      await menuOf(page, 'Boot');
      expect(await page.getByText(text.edit, { exact: true }).getAttribute('aria-disabled')).toBe('true');
      lab.clock.run();
      await alert(page).filter({ hasText: text.rebooted }).waitFor();

      await page.getByRole('link', { name: text.tasks, exact: true }).click();
      const task = page.getByRole('row').filter({ hasText: 'hardReboot' });
      expect(await task.getByRole('cell').nth(1).textContent()).toBe(text.hardReboot);
      expect(await task.getByRole('cell').nth(3).textContent()).toBe(text.done);

      const mail = await lab.ovh.inbox?.waitFor(() => true, { signal: AbortSignal.timeout(5000) });
      expect(mail?.recipients).toEqual(['admin@example.net']);
      await page.getByRole('link', { name: text.emails }).click();
      await page.getByRole('link', { name: mail?.subject ?? '' }).click();
      await page.getByRole('article').getByRole('link').click();
      await page.close();
    },
  );

  test('the KVM console opens in the browser and takes keys', { timeout: 60_000 }, async () => {
    await using lab = await startLab();
    const page = await open(`${lab.panel.url}/dedicated/${NAME}/ipmi?lang=en`);
    await page.getByRole('button', { name: 'Access the console (KVM)' }).click();
    const [console] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'Open the console in a new tab' }).click(),
    ]);
    await console.getByRole('status').filter({ hasText: 'Connected' }).waitFor();
    const canvas = console.locator('#screen canvas');
    await console.waitForFunction(() => {
      const pixel = document.querySelector('canvas')?.getContext('2d')?.getImageData(8, 8, 1, 1).data;
      return pixel?.join() === '0,120,215,255';
    });
    expect(await canvas.count()).toBe(1);
    await console.getByLabel('Text to type').fill('Zé€');
    await console.getByRole('button', { name: 'Type' }).click();
    await expect.poll(() => lab.screen.pressed).toEqual([0x5a, 0xe9, 0x010020ac]);
    await lab.clock.advance(16 * 60_000);
    await console.reload();
    await console.getByRole('status').filter({ hasText: 'Not connected' }).waitFor();
    await page.close();
  });

  test('a cloud server enters and leaves rescue mode; its password is shown once', {
    timeout: 60_000,
  }, async () => {
    await using lab = await startLab();
    const hypervisor = new ManualHypervisor(lab.screen.address);
    await lab.nova.adopt({ name: 'shop', hypervisor });
    const page = await open(`${lab.panel.url}/?lang=en`);
    await page.getByLabel('Actions for shop').click();
    await page.getByRole('link', { name: 'Enter Rescue Mode' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Enter Rescue Mode' }).click();
    const password = await page.locator('#temporary-password').textContent();
    expect(hypervisor.calls).toEqual([`rescue ${lab.nova.image} ${password}`]);
    await page.locator('.badge', { hasText: 'Preparing Rescue' }).waitFor();
    hypervisor.finish();
    await page.locator('.badge', { hasText: /^Rescue$/ }).waitFor();
    await page.reload();
    expect(await page.locator('#temporary-password').count()).toBe(0);

    await page.getByLabel('Actions for shop').click();
    const [console] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('button', { name: 'Open Console' }).click(),
    ]);
    await console.getByRole('status').filter({ hasText: 'Connected' }).waitFor();

    await page.getByRole('button', { name: 'Exit Rescue Mode' }).click();
    await page.locator('.badge', { hasText: 'Exiting Rescue' }).waitFor();
    hypervisor.finish();
    await page.locator('.badge', { hasText: 'Active' }).waitFor();
    await page.close();
  });
});
