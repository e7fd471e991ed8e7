export { bcdboot } from './bcdboot';
