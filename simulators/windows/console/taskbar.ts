import type { Rectangle } from '../../linux-devices';
import { clockTexts } from './clock-text';
import { fonts } from './fonts';
import type { Brush, Screen } from './screen';
import { colours } from './theme';
import { paintPromptIcon } from './window-frame';

export const TASKBAR_HEIGHT = 40;
const CLOCK_WIDTH = 96;

export function taskbarArea(screen: Screen): Rectangle {
  return { x: 0, y: screen.height - TASKBAR_HEIGHT, width: screen.width, height: TASKBAR_HEIGHT };
}

export function clockArea(screen: Screen): Rectangle {
  return {
    x: screen.width - CLOCK_WIDTH,
    y: screen.height - TASKBAR_HEIGHT,
    width: CLOCK_WIDTH,
    height: TASKBAR_HEIGHT,
  };
}

/** Start button, search, the running Command Prompt, clock. */
export function paintTaskbar(brush: Brush, screen: Screen): void {
  const top = screen.height - TASKBAR_HEIGHT;
  brush.fillStyle = colours.taskbar;
  brush.fillRect(0, top, screen.width, TASKBAR_HEIGHT);
  brush.fillStyle = colours.text;
  for (const [column, row] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const)
    brush.fillRect(16 + column * 9, top + 12 + row * 9, 8, 8);
  brush.strokeStyle = colours.text;
  brush.lineWidth = 1.5;
  brush.beginPath();
  brush.arc(71, top + 18, 6, 0, Math.PI * 2);
  brush.moveTo(75, top + 23);
  brush.lineTo(80, top + 28);
  brush.stroke();
  brush.fillStyle = 'rgba(255, 255, 255, 0.16)';
  brush.fillRect(96, top, 48, TASKBAR_HEIGHT);
  paintPromptIcon(brush, 110, top + 10, 20);
  brush.fillStyle = '#76b9ed';
  brush.fillRect(98, screen.height - 3, 44, 3);
}

export function paintTaskbarClock(brush: Brush, screen: Screen, now: Date): void {
  const { x, y, width, height } = clockArea(screen);
  const texts = clockTexts(now);
  brush.fillStyle = colours.taskbar;
  brush.fillRect(x, y, width, height);
  brush.fillStyle = colours.text;
  brush.textAlign = 'center';
  brush.font = `12px ${fonts.text}`;
  brush.fillText(texts.time, x + width / 2, y + 17);
  brush.fillText(texts.shortDate, x + width / 2, y + 33);
}
