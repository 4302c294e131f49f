import { relative, resolve } from 'node:path';
import { fill } from '../../engine/report/index.ts';
import { writeMirror } from '../../stacks/mirror/index.ts';
import { type Run, say, writeJson } from '../shell.ts';
import { terraformTexts } from '../terraform/texts.ts';
import { version } from '../version.ts';

/** `alta terraform mirror DIR`: the provider as files, for those who run Terraform themselves. Needs no workspace. */
export const run: Run = async (shell) => {
  const { host, lang, format, args } = shell;
  const mirror = await writeMirror(resolve(host.cwd, args[0] ?? '.'), version);
  if (format === 'json') {
    writeJson(shell, { format_version: '1.0', alta_version: version, ...documentOf(mirror) });
    return {};
  }
  const texts = terraformTexts[lang];
  const place = (path: string): string => relative(host.cwd, path) || '.';
  const { platforms } = mirror;
  say(shell, `${fill(texts.mirrorWritten, { version, folder: place(mirror.folder), platforms })}\n`);
  say(shell, `${fill(texts.mirrorNext, { rc: mirror.cliConfig })}\n`);
  return {};
};

function documentOf({
  folder,
  platforms,
  hashes,
  cliConfig,
  lockFile,
}: Awaited<ReturnType<typeof writeMirror>>) {
  return { folder, platforms, hashes, cli_config: cliConfig, lock_file: lockFile };
}
