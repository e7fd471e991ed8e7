import { Router } from '../http';
import { asset } from './pages/assets';
import { cloudPage, enterRescue, exitRescue, openCloudConsole, rescueQuestion } from './pages/cloud';
import { generalPage } from './pages/dedicated';
import { ipmiPage, requestConsole } from './pages/ipmi';
import { mailPage, mailsPage } from './pages/mails';
import { changeNetboot, netbootPage, netbootSummaryPage } from './pages/netboot';
import { rebootQuestion, rebootServer } from './pages/reboot';
import { serversPage } from './pages/servers';
import { tasksPage } from './pages/tasks';
import type { PanelContext } from './panel-call';

export const routes = new Router<PanelContext>()
  .get('/', serversPage)
  .get('/assets/{file}', asset)
  .get('/dedicated/{name}', generalPage)
  .get('/dedicated/{name}/netboot', netbootPage)
  .get('/dedicated/{name}/netboot/summary', netbootSummaryPage)
  .post('/dedicated/{name}/netboot', changeNetboot)
  .get('/dedicated/{name}/reboot', rebootQuestion)
  .post('/dedicated/{name}/reboot', rebootServer)
  .get('/dedicated/{name}/tasks', tasksPage)
  .get('/dedicated/{name}/ipmi', ipmiPage)
  .post('/dedicated/{name}/ipmi/console', requestConsole)
  .get('/emails', mailsPage)
  .get('/emails/{id}', mailPage)
  .get('/cloud/{id}', cloudPage)
  .get('/cloud/{id}/rescue', rescueQuestion)
  .post('/cloud/{id}/rescue', enterRescue)
  .post('/cloud/{id}/unrescue', exitRescue)
  .post('/cloud/{id}/console', openCloudConsole);
