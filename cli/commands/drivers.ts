import { driverNames, loadDriver } from '../../providers/registry.ts';
import { type DriverJson, driverJson, driversMarkdown, driversText } from '../docs.ts';
import { type Run, say, writeJson } from '../shell.ts';
import { version } from '../version.ts';

/** `alta drivers`: what each kind of target can do, from the drivers' own facts. */
export const run: Run = async (shell) => {
  const drivers = await listedDrivers();
  const { lang, format } = shell;
  if (format === 'json') writeJson(shell, { format_version: '1.0', alta_version: version, drivers });
  else say(shell, format === 'markdown' ? driversMarkdown(drivers, lang) : driversText(drivers, lang));
  return {};
};

/** The drivers of this version, without those for tests. */
export async function listedDrivers(): Promise<readonly DriverJson[]> {
  const drivers = await Promise.all(driverNames().map(loadDriver));
  return drivers.flatMap((driver) => (driver === null ? [] : [driverJson(driver)]));
}
