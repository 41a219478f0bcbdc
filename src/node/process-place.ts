import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

let place: string | undefined;

/**
 * Where a process number means this process, as 16 hex digits: the computer, and on Linux the boot and the namespace of process numbers, which each
 * container has of its own.
 */
export function processPlace(): string {
  place ??= createHash('sha256')
    .update([hostname(), bootOfLinux(), namespaceOfLinux()].join('\n'))
    .digest('hex')
    .slice(0, 16);
  return place;
}

function bootOfLinux(): string {
  return ifThere(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
}

function namespaceOfLinux(): string {
  return ifThere(() => readlinkSync('/proc/self/ns/pid'));
}

function ifThere(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
