import fs from 'node:fs';
import { promisify } from 'node:util';

const [write, sync, chmod, chown, close] = [
  promisify(fs.write),
  promisify(fs.fsync),
  promisify(fs.fchmod),
  promisify(fs.fchown),
  promisify(fs.close),
];

/** An open file known by its descriptor alone, so that nothing another user puts in the place of its name is ever written to. */
export class DescriptorFile {
  readonly descriptor: number;

  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  /** Writes at the current end; the system may take less than it is given. */
  async write(bytes: Uint8Array, offset: number, length: number): Promise<{ readonly bytesWritten: number }> {
    return write(this.descriptor, bytes, offset, length, null);
  }

  async sync(): Promise<void> {
    await sync(this.descriptor);
  }

  async chmod(mode: number): Promise<void> {
    await chmod(this.descriptor, mode);
  }

  async chown(user: number, group: number): Promise<void> {
    await chown(this.descriptor, user, group);
  }

  async close(): Promise<void> {
    await close(this.descriptor);
  }
}
