export { type HttpExchange, logged } from './exchange';
export { htmlPage, renderHtml } from './page';
export { type Route, type RouteCall, Router } from './router';
export { type HandlerServer, type ListenOptions, serveHandlers } from './serve-handlers';
