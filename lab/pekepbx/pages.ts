/** The panel's web page and its files, served beside the API (D: the same virtual host). */
import { randomBytes } from 'node:crypto';
import type { Incoming } from '../listener.ts';
import type { Reply } from '../sabotage.ts';
import { page } from './wire.ts';

/** Files that the page loads, in order. What is in them is invented. */
export const ASSETS: ReadonlyArray<{ path: string; type: string; body: string }> = [
  { path: '/assets/vendor.min.css', type: 'text/css', body: 'body{font-family:Roboto,sans-serif}\n' },
  {
    path: '/assets/vendor.min.js',
    type: 'application/javascript',
    body: 'window.angular={version:{full:"1.8.3"}};\n',
  },
  {
    path: '/assets/app.min.js',
    type: 'application/javascript',
    body: 'angular.module=function(){return angular};\n',
  },
  {
    path: '/assets/logo.svg',
    type: 'image/svg+xml',
    body: '<svg width="1" height="1"/>\n',
  },
];

export function assetFor({ method, url }: Incoming): Reply {
  if (method !== 'GET') return page(405, 'Method Not Allowed');
  if (url.pathname === '/' || url.pathname === '/index.php') return frontPage();
  if (url.pathname === '/login') return page(200, 'PekePBX');
  const asset = ASSETS.find(({ path }) => path === url.pathname);
  if (asset === undefined) return page(404, 'Not Found');
  const headers = { 'Content-Type': asset.type, Server: 'nginx', 'Cache-Control': 'max-age=604800' };
  return { status: 200, headers, body: asset.body };
}

/** Sets the cookie that the panel sends back as X-XSRF-TOKEN (I: the default of both its frameworks). */
function frontPage(): Reply {
  const links = ASSETS.map(({ path, type }) =>
    type === 'text/css'
      ? `<link rel="stylesheet" href="${path}?v=36.2">`
      : type.includes('javascript')
        ? `<script src="${path}?v=36.2"></script>`
        : `<img src="${path}?v=36.2" alt="">`,
  );
  const body = `<!DOCTYPE html>\n<html lang="es" ng-app="peke"><head><title>PekePBX</title>${links.join('')}</head><body ui-view></body></html>\n`;
  const cookie = `XSRF-TOKEN=${randomBytes(20).toString('hex')}; Path=/; SameSite=Lax`;
  return { ...page(200, 'PekePBX', { 'Set-Cookie': cookie }), body };
}
