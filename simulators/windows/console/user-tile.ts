import { fonts } from './fonts';
import { centredArea } from './lock-scene';
import type { Brush, Screen } from './screen';
import { colours } from './theme';

export const TILE_RADIUS = 88;

/** The round picture of an account without a picture of its own, with the name below it. */
export function paintUserTile(screen: Screen, top: number, name: string): void {
  const centre = Math.round(screen.width / 2);
  const picture = { x: centre - TILE_RADIUS, y: top, width: TILE_RADIUS * 2, height: TILE_RADIUS * 2 };
  screen.paint(picture, (brush) => paintPicture(brush, centre, top));
  screen.paint(centredArea(screen, top + TILE_RADIUS * 2 + 14, 720, 62), (brush) => {
    brush.fillStyle = colours.text;
    brush.textAlign = 'center';
    brush.font = `42px ${fonts.light}`;
    brush.fillText(name, centre, top + TILE_RADIUS * 2 + 60);
  });
}

function paintPicture(brush: Brush, centre: number, top: number): void {
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
}
