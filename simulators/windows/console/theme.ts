import type { Brush } from './screen';

/** Colours: our choice, after the look of Windows Server 2016 and later. */
export const colours = {
  text: '#ffffff',
  faint: '#c7d8ea',
  accent: '#0078d7',
  field: '#ffffff',
  fieldText: '#1b1b1b',
  hint: '#6b6b6b',
  button: '#3c5a78',
  taskbar: '#0d1a26',
} as const;

/** A dark blue room with light falling in from the right. */
export function paintBackdrop(brush: Brush, width: number, height: number): void {
  const sky = brush.createLinearGradient(0, 0, width, height);
  sky.addColorStop(0, '#04182d');
  sky.addColorStop(0.55, '#08345f');
  sky.addColorStop(1, '#052644');
  brush.fillStyle = sky;
  brush.fillRect(0, 0, width, height);
  const light = brush.createRadialGradient(
    width * 0.78,
    height * 0.42,
    0,
    width * 0.78,
    height * 0.42,
    width * 0.55,
  );
  light.addColorStop(0, 'rgba(40, 140, 220, 0.55)');
  light.addColorStop(0.4, 'rgba(24, 100, 180, 0.25)');
  light.addColorStop(1, 'rgba(0, 40, 90, 0)');
  brush.fillStyle = light;
  brush.fillRect(0, 0, width, height);
}
