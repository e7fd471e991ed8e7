export { type HttpExchange, logged } from './exchange';
export { HandlerIndex } from './handler-index';
export { type DeclaredRoute, nearestRoute, type UnknownCall } from './nearest-route';
export { htmlPage, readableTime, renderHtml } from './page';
export { PathIndex } from './path-index';
export { type Route, type RouteCall, Router } from './router';
export { type Answering, type HandlerServer, type ListenOptions, serveHandlers } from './serve-handlers';
export { createTlsIdentity } from './tls-identity';
export { matchesWildcard } from './wildcard';
