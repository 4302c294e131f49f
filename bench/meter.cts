/**
 * Preloaded into a measured process (`node --require`): at its end it tells file descriptor 3 what the process used.
 * Peak memory comes from the kernel's VmHWM where there is one: `maxRSS` starts with the peak of the process that forked.
 */
process.once('exit', () => {
  const { readFileSync, writeSync } = process.getBuiltinModule('node:fs');
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  let peakKb = maxRSS;
  try {
    const [, kb] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kb !== undefined) peakKb = Number(kb);
  } catch {
    // No /proc on this system.
  }
  writeSync(3, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: peakKb / 1024 }));
});
