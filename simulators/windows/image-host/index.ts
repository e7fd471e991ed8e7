export type { InstalledWindows } from './find-windows';
export { ImageSession } from './image-session';
export { unknownMachine } from './machine-facts';
