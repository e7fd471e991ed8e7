import { isCtrlAltDel, type KeyPress } from '../../linux-devices';
import type { ConsoleParts, ConsoleState } from './console-parts';
import { DesktopScene } from './desktop-scene';
import { loadFonts } from './fonts';
import { LockScene } from './lock-scene';
import { MessageScene } from './message-scene';
import { REFUSALS } from './refusals';
import type { Scene } from './scene';
import { Screen } from './screen';
import { SecurityScene } from './security-scene';
import { SignInScene } from './sign-in-scene';

const MINUTE = 60_000;

/**
 * The logon screen and desktop on a framebuffer: locked -> sign-in -> signing-in -> desktop or refused. One user at a
 * time: when another one signs in over a locked session, that session is signed out (real Windows would keep both).
 */
export class LogonConsole implements Disposable {
  readonly #screen: Screen;
  readonly #stopKeys: () => void;
  readonly #now: () => Date;
  #scene: Scene;
  #state: ConsoleState = { name: 'locked' };
  #session: DesktopScene | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: ConsoleParts) {
    loadFonts();
    this.#now = parts.now ?? (() => new Date());
    this.#screen = new Screen(parts.framebuffer);
    this.#scene = this.#lockScene();
    this.#stopKeys = parts.keyboard.onKey((press) => this.#key(press));
    this.#show(this.#scene, { name: 'locked' });
    this.#tickAtNextMinute();
  }

  get state(): ConsoleState {
    return this.#state;
  }

  /** Draws the clock again, and the locked screen whole: call it after the machine's clock or host name was set. */
  refreshClock(): void {
    if (this.#state.name === 'locked') {
      this.#scene = this.#lockScene();
      this.#scene.draw();
      this.#tickAtNextMinute();
    } else this.#tick();
  }

  #tick(): void {
    this.#scene.tick?.();
    this.#tickAtNextMinute();
  }

  #key(press: KeyPress): void {
    if (press.action === 'up') return;
    if (!isCtrlAltDel(press)) this.#scene.key(press);
    else if (this.#state.name === 'locked') this.#askForPassword();
    else if (this.#state.name === 'desktop') this.#offerSecurity();
  }

  #show(scene: Scene, state: ConsoleState): void {
    if (this.#scene !== scene && this.#scene === this.#session) this.#session.hide();
    this.#scene = scene;
    this.#state = state;
    scene.draw();
    this.parts.onState?.(state);
  }

  #lockScene(): LockScene {
    const { hostName } = this.parts;
    return new LockScene(this.#screen, {
      hostName,
      now: this.#now,
    });
  }

  #lock(): void {
    this.#show(this.#lockScene(), { name: 'locked' });
  }

  #askForPassword(): void {
    const user = this.#session?.user ?? this.parts.defaultUser;
    const scene = new SignInScene(this.#screen, {
      hostName: this.parts.hostName,
      user,
      ...(this.#session ? { note: 'Locked' } : {}),
      submit: (name, password) => void this.#signIn(name, password),
      cancel: () => this.#lock(),
    });
    this.#show(scene, { name: 'sign-in', user: user ?? '' });
  }

  async #signIn(user: string, password: string): Promise<void> {
    const welcome = this.#messageScene(user, 'Welcome');
    this.#show(welcome, { name: 'signing-in', user });
    const refusal = await this.#refusal(user, password);
    if (this.#scene !== welcome) return; // Disposed meanwhile.
    if (refusal === undefined) this.#openDesktop(user);
    else {
      const accept = () => this.#askForPassword();
      this.#show(this.#messageScene(user, refusal, accept), { name: 'refused', user, message: refusal });
    }
  }

  /** Why the password was not accepted, or undefined where it was. */
  async #refusal(user: string, password: string): Promise<string | undefined> {
    try {
      const refusal = await this.parts.authenticate(user, password);
      return refusal && REFUSALS[refusal];
    } catch (error) {
      // Our own text: the account database could not be asked.
      return `Sign-in is not possible: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  #messageScene(user: string, message: string, accept?: () => void): MessageScene {
    const { hostName } = this.parts;
    return new MessageScene(this.#screen, {
      hostName,
      user,
      message,
      ...(accept ? { accept } : {}),
    });
  }

  #openDesktop(user: string): void {
    if (this.#session && this.#session.user.toLowerCase() !== user.toLowerCase()) this.#closeSession();
    this.#session ??= this.#newSession(user);
    this.#show(this.#session, { name: 'desktop', user: this.#session.user });
  }

  #newSession(user: string): DesktopScene {
    const session: DesktopScene = new DesktopScene(this.#screen, {
      user,
      openShell: this.parts.openShell,
      onExit: () => {
        if (this.#session === session) this.#signOut();
      },
      now: this.#now,
    });
    return session;
  }

  #offerSecurity(): void {
    const session = this.#session!;
    const back = () => this.#show(session, { name: 'desktop', user: session.user });
    const choices = [
      { label: 'Lock', choose: () => this.#lock() },
      { label: 'Sign out', choose: () => this.#signOut() },
      { label: 'Cancel', choose: back },
    ];
    this.#show(new SecurityScene(this.#screen, choices, back), {
      name: 'security',
      user: session.user,
    });
  }

  #signOut(): void {
    this.#closeSession();
    this.#lock();
  }

  #closeSession(): void {
    const session = this.#session;
    this.#session = undefined;
    session?.[Symbol.dispose]();
  }

  #tickAtNextMinute(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tick(), MINUTE - (this.#now().getTime() % MINUTE));
    this.#timer.unref();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#stopKeys();
    this.#closeSession();
    this.#scene = { draw() {}, key() {} };
  }
}
