import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Opens a page in a Chromium of its own, the one that `CHROMIUM` names or `chromium`.
 *
 * @returns The browser's end, which comes early only where it cannot be started, and how to close it.
 */
export function openInChromium(address: string) {
  const profile = mkdtempSync(join(tmpdir(), 'calibrant-chromium-'));
  const command = process.env['CHROMIUM'] ?? 'chromium';
  const browser = spawn(command, [...flags, `--user-data-dir=${profile}`, address], {
    stdio: 'ignore',
    detached: true,
  });
  const ended = new Promise<void>((resolve) => {
    browser.once('error', () => resolve());
    browser.once('exit', () => resolve());
  });
  const close = async (): Promise<void> => {
    // The whole group, as a browser is many processes.
    if (browser.pid !== undefined && browser.exitCode === null) process.kill(-browser.pid, 'SIGKILL');
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  return {
    ended: ended.then(() => Promise.reject(new Error(`${command} ended or cannot be started`))),
    close,
  };
}
