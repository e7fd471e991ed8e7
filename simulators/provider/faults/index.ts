export { readDuration } from './duration';
export { type Fault, readFault } from './fault';
export { Faults } from './faults';
export { sufferFaults } from './suffer-faults';
