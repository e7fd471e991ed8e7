import { workstationImage } from '../../images';
import type { Session } from '../vm';
import { chooseFlavour, chooseWorkstation, describeFlavour, type Workstation } from '../workstation';

type Flavour = 'auto' | 'host' | 'container';
type Progress = (line: string) => void;

/**
 * The customer's computer for a lab, which ends with the session: in a container where a container engine answers,
 * else of this host's programs. `RESCUE_LAB_WORKSTATION` takes one of them without asking.
 */
export async function startWorkstation(session: Session, progress: Progress): Promise<Workstation> {
  return chooseWorkstation({
    ...(await wishes(progress)),
    directory: session.tempDir('ws'),
    environment: session.environment,
    owner: session,
  });
}

/** Makes and loads the container's image where it will be used. Answers where the customer's programs will run. */
export async function prepareWorkstation(progress: Progress): Promise<string> {
  return describeFlavour(await chooseFlavour(await wishes(progress)));
}

async function wishes(progress: Progress) {
  return { flavour: environmentFlavour(), image: await workstationImage(progress) };
}

function environmentFlavour(): Flavour {
  const wanted = process.env['RESCUE_LAB_WORKSTATION'] || 'auto';
  if (wanted === 'auto' || wanted === 'host' || wanted === 'container') return wanted;
  throw new Error(`RESCUE_LAB_WORKSTATION is "${wanted}"; it can be auto, host or container.`);
}
