import { fonts } from './fonts';
import type { Brush } from './screen';
import { colours } from './theme';

export const TILE_RADIUS = 88;

/** The round picture of an account without a picture of its own, with the name below it. */
export function paintUserTile(brush: Brush, centre: number, top: number, name: string): void {
  const middle = top + TILE_RADIUS;
  brush.save();
  brush.beginPath();
  brush.arc(centre, middle, TILE_RADIUS, 0, Math.PI * 2);
  brush.fillStyle = '#d6dee6';
  brush.fill();
  brush.clip();
  brush.fillStyle = '#7d8fa1';
  brush.beginPath();
  brush.arc(centre, middle - 22, 33, 0, Math.PI * 2);
  brush.fill();
  brush.beginPath();
  brush.ellipse(centre, middle + 78, 62, 60, 0, 0, Math.PI * 2);
  brush.fill();
  brush.restore();
  brush.fillStyle = colours.text;
  brush.textAlign = 'center';
  brush.font = `42px ${fonts.light}`;
  brush.fillText(name, centre, top + TILE_RADIUS * 2 + 60);
}
