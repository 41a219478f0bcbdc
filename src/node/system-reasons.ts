import { printable } from '../core/errors.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EFBIG: 'it would be larger than the system allows',
  EIO: 'the disk reports an error',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links run in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENFILE: 'too many files are open',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is no folder',
  ENXIO: 'nothing is at its other end',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
};

/** The code of a system error, or nothing. */
export function systemCode(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Why the system refused, in words. */
export function systemReason(cause: unknown): string {
  return reasons[systemCode(cause)] ?? printable(cause instanceof Error ? cause.message : String(cause));
}
