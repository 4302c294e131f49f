import type { Reply } from '../../sabotage.ts';
import { escapeHtml, html } from '../http.ts';
import type { Phone } from '../phone.ts';

/** A page of the interface: its variables one to a line, its content, its result in the place clients look (C). */
export function webPage(variables: Record<string, string>, content: string, outcome = ''): string {
  const declared = Object.entries(variables).map(([name, value]) => `var ${name} = "${scriptText(value)}";`);
  return [
    '<!DOCTYPE html>',
    '<html><head><title>Yealink Phone</title><script type="text/javascript">',
    ...declared,
    '</script></head><body>',
    content,
    `<div id="_RES_INFO_" style="display:none">${outcome}</div>`,
    '</body></html>',
    '',
  ].join('\n');
}

/** An answer that is only a result: `_RES_INFO_` holds its JSON (C). */
export function result(content: unknown): Reply {
  return html(200, webPage({}, '', JSON.stringify(content)));
}

/** An input that the page's own script would submit: it is marked `yltype="post"` (C). */
export function input(name: string, value: string): string {
  return `<input type="text" yltype="post" name="${name}" value="${escapeHtml(value)}">`;
}

/** Where visitors without a session are sent. b0 leaves the module out (C). */
export function loginPath({ settings }: Phone): string {
  const module = settings.generation === 'b0' ? '' : 'm=mod_listener&';
  return `/servlet?${module}p=login&q=loginForm&jumpto=status`;
}

function scriptText(value: string): string {
  return value.replace(/["\\]/g, '\\$&').replace(/</g, '\\x3c').replace(/\n/g, '\\n');
}
