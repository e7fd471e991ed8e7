import type { OvhRoute, OvhRoutes } from './call';
import { authRoutes } from './routes-auth';
import { bmcRoutes } from './routes-bmc';
import { bootRoutes } from './routes-boot';
import { ipmiRoutes } from './routes-ipmi';
import { meRoutes } from './routes-me';
import { secretRoutes } from './routes-secret';
import { serverRoutes } from './routes-server';
import { specificationRoutes } from './routes-specifications';
import { taskRoutes } from './routes-task';
import type { OperationName } from './schema';

const ROUTES: OvhRoutes<OperationName> = {
  ...authRoutes,
  ...meRoutes,
  ...secretRoutes,
  ...serverRoutes,
  ...bootRoutes,
  ...bmcRoutes,
  ...ipmiRoutes,
  ...specificationRoutes,
  ...taskRoutes,
};

/** What carries out an operation. The call's input has been checked against that operation's schema. */
export const routeOf = (name: OperationName) => ROUTES[name] as OvhRoute<OperationName>;
