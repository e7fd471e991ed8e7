import { Router } from '../../http';
import { serverAction } from './actions';
import type { ComputeContext } from './call';
import { createRemoteConsole } from './consoles';
import { listFlavors, listFlavorsInDetail, showExtraSpecs, showFlavor } from './flavors';
import { listImages, listImagesInDetail, showImage } from './images';
import { createServer, deleteServer, listServers, listServersInDetail, showServer } from './servers';

/** The compute API below its version path. */
export const computeRoutes = new Router<ComputeContext>()
  .get('/servers', listServers)
  .post('/servers', createServer)
  .get('/servers/detail', listServersInDetail)
  .get('/servers/{id}', showServer)
  .delete('/servers/{id}', deleteServer)
  .post('/servers/{id}/action', serverAction)
  .post('/servers/{id}/remote-consoles', createRemoteConsole)
  .get('/flavors', listFlavors)
  .get('/flavors/detail', listFlavorsInDetail)
  .get('/flavors/{id}', showFlavor)
  .get('/flavors/{id}/os-extra_specs', showExtraSpecs)
  .get('/images', listImages)
  .get('/images/detail', listImagesInDetail)
  .get('/images/{id}', showImage);
