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

/** The backdrop: dark blue, a little lighter towards the middle. One colour 0xRRGGBB for each row. */
export function backdropRows(height: number): Uint32Array {
  const [dark, light] = [
    [4, 24, 45],
    [10, 64, 114],
  ] as const;
  return Uint32Array.from({ length: height }, (_, row) => {
    const share = Math.sin((Math.PI * row) / height);
    const [red, green, blue] = [0, 1, 2].map((part) =>
      Math.round(dark[part]! + (light[part]! - dark[part]!) * share),
    );
    return (red! << 16) | (green! << 8) | blue!;
  });
}
