/**
 * Calls back once when the process that started this one is gone: Terraform was killed and could tell nobody. The system then gives the
 * child another parent, or on Windows leaves it the number of a process that no longer exists.
 *
 * @returns stops watching
 */
export function watchParent(gone: () => void, pollMs = 1000): () => void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent && exists(parent)) return;
    clearInterval(timer);
    gone();
  }, pollMs);
  return () => clearInterval(timer);
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Not permitted to signal it: it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
