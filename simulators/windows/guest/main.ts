/**
 * The resident service of the Windows stand-in, PID 1's first child inside the guest. Runs as root on Node.js 24, from a
 * snapshot of V8's heap in which it is loaded and has been rehearsed (`images/snapshot.ts`).
 */
import { startupSnapshot } from 'node:v8';
import { rehearse } from './rehearsal';
import { runResidentService } from './resident-service';

startupSnapshot.setDeserializeMainFunction(() => void runResidentService());
void rehearse();
