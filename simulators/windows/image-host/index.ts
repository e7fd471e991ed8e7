export { ImageSession, type ImageSessionOptions } from './image-session';
