import type { Rectangle } from '../../linux-devices';
import { fonts } from './fonts';
import { CELL } from './row-picture';
import type { Brush } from './screen';

export const TITLE_HEIGHT = 30;
export const SCROLL_BAR_WIDTH = 17;

/** The frame around the Command Prompt's text: title bar with its three buttons, border, scroll bar's track. */
export function paintWindowFrame(brush: Brush, area: Rectangle, title: string): void {
  const { x, y, width, height } = area;
  brush.fillStyle = '#0c0c0c';
  brush.fillRect(x, y, width, height);
  brush.fillStyle = '#ffffff';
  brush.fillRect(x, y, width, TITLE_HEIGHT);
  paintPromptIcon(brush, x + 8, y + 7, 16);
  brush.fillStyle = '#101010';
  brush.font = `13px ${fonts.text}`;
  brush.textAlign = 'left';
  brush.fillText(title, x + 32, y + 20);
  paintButtons(brush, x + width, y);
  brush.fillStyle = '#f0f0f0';
  brush.fillRect(
    x + width - SCROLL_BAR_WIDTH - 1,
    y + TITLE_HEIGHT,
    SCROLL_BAR_WIDTH,
    height - TITLE_HEIGHT - 1,
  );
  brush.strokeStyle = '#0078d7';
  brush.lineWidth = 1;
  brush.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
}

/** The size of a window around a text area. */
export function frameAround(
  columns: number,
  rows: number,
): { readonly width: number; readonly height: number } {
  return {
    width: columns * CELL.width + SCROLL_BAR_WIDTH + 4,
    height: rows * CELL.height + TITLE_HEIGHT + 3,
  };
}

/** A small black console window with a prompt. */
export function paintPromptIcon(brush: Brush, x: number, y: number, size: number): void {
  brush.fillStyle = '#e8e8e8';
  brush.fillRect(x, y, size, size);
  brush.fillStyle = '#0c0c0c';
  brush.fillRect(x + 1, y + size * 0.22, size - 2, size * 0.78 - 1);
  brush.strokeStyle = '#ffffff';
  brush.lineWidth = Math.max(1, size / 14);
  brush.beginPath();
  brush.moveTo(x + size * 0.2, y + size * 0.4);
  brush.lineTo(x + size * 0.4, y + size * 0.56);
  brush.lineTo(x + size * 0.2, y + size * 0.72);
  brush.moveTo(x + size * 0.5, y + size * 0.76);
  brush.lineTo(x + size * 0.8, y + size * 0.76);
  brush.stroke();
}

function paintButtons(brush: Brush, right: number, y: number): void {
  brush.strokeStyle = '#202020';
  brush.lineWidth = 1;
  const middle = y + TITLE_HEIGHT / 2;
  const line = (fromX: number, fromY: number, toX: number, toY: number) => {
    brush.beginPath();
    brush.moveTo(fromX, fromY);
    brush.lineTo(toX, toY);
    brush.stroke();
  };
  line(right - 120, middle + 0.5, right - 110, middle + 0.5);
  brush.strokeRect(right - 74.5, middle - 4.5, 9, 9);
  line(right - 28, middle - 5, right - 18, middle + 5);
  line(right - 18, middle - 5, right - 28, middle + 5);
}
