/** Writes `provider.cjs` and `LICENSES.txt` into a folder. `entry`: the module to start from; default: the provider. */
export function bundleProvider(folder: string, entry?: string): Promise<void>;
