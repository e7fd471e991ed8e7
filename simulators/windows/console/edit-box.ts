import type { Rectangle } from '../../linux-devices';
import { fonts } from './fonts';
import type { Brush } from './screen';
import type { TextField } from './text-field';
import { colours } from './theme';

export interface EditBox {
  readonly area: Rectangle;
  readonly field: TextField;
  /** Shown in an empty box. */
  readonly hint: string;
  /** Dots instead of characters. */
  readonly secret: boolean;
}

const PADDING = 10;
const DOT_STEP = 11;
const FONT = `16px ${fonts.text}`;

export function paintEditBox(brush: Brush, box: EditBox, focused: boolean): void {
  const { x, y, width, height } = box.area;
  brush.save();
  brush.fillStyle = colours.field;
  brush.fillRect(x, y, width, height);
  brush.lineWidth = focused ? 3 : 1;
  brush.strokeStyle = focused ? colours.accent : '#9fb4c8';
  const inset = brush.lineWidth / 2;
  brush.strokeRect(x + inset, y + inset, width - inset * 2, height - inset * 2);
  brush.beginPath();
  brush.rect(x + PADDING - 2, y, width - PADDING * 2 + 4, height);
  brush.clip();
  brush.textAlign = 'left';
  brush.font = FONT;
  const middle = y + height / 2;
  const advance = textWidth(brush, box, box.field.caret);
  // A long text is moved so that the caret stays in the box.
  const start = x + PADDING - Math.max(0, advance - (width - PADDING * 2 - 2));
  if (box.field.text === '') {
    brush.fillStyle = colours.hint;
    brush.fillText(box.hint, start + (focused ? 3 : 0), middle + 6);
  } else if (box.secret) paintDots(brush, start, middle, box.field.text.length);
  else {
    brush.fillStyle = colours.fieldText;
    brush.fillText(box.field.text, start, middle + 6);
  }
  if (focused) {
    brush.fillStyle = colours.fieldText;
    brush.fillRect(Math.round(start + advance), y + 8, 1, height - 16);
  }
  brush.restore();
}

function textWidth(brush: Brush, box: EditBox, caret: number): number {
  return box.secret ? caret * DOT_STEP : brush.measureText(box.field.text.slice(0, caret)).width;
}

function paintDots(brush: Brush, start: number, middle: number, count: number): void {
  brush.fillStyle = colours.fieldText;
  for (let index = 0; index < count; index++) {
    brush.beginPath();
    brush.arc(start + index * DOT_STEP + 5, middle, 3.8, 0, Math.PI * 2);
    brush.fill();
  }
}
