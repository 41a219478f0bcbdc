import { pathToFileURL } from 'node:url';
import { Worker as NodeWorker } from 'node:worker_threads';

/** What a simulated worker does wrong. The k-th message it is sent sets it off, counted from 1. It heeds none after it. */
export interface Fault {
  readonly kind:
    | 'throws'
    | 'closes itself'
    | 'hangs'
    | 'answers nonsense'
    | 'cannot be read'
    | 'is not found';
  readonly at: number;
}

/** What a worker's global scope has, made of what a Node thread has, with the fault planted. */
const scope = `
const { parentPort, workerData: { entry, fault } } = require('node:worker_threads');
let messages = 0;
globalThis.self = {
  postMessage: (message, { transfer }) => parentPort.postMessage(message, transfer),
  addEventListener: (type, listener) => {
    parentPort.on('message', (data) => {
      messages += 1;
      if (!(messages >= fault?.at)) listener({ data });
      else if (messages > fault.at) return;
      else if (fault.kind === 'throws') throw new Error('planted');
      else if (fault.kind === 'closes itself') process.exit();
      else if (fault.kind === 'hangs') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      else parentPort.postMessage(fault.kind === 'cannot be read' ? fault.kind : { id: messages, sums: [1] });
    });
  },
};
import(entry);
`;

/**
 * A class with the interface of the browser's Worker, each a Node thread underneath. As in a browser, one that closes itself
 * says nothing.
 *
 * @param folder Where the compiled source is.
 * @param faultOf The fault of the k-th worker started, counted from 0.
 */
export function simulatedWebWorkers(
  folder: string,
  faultOf: (worker: number) => Fault | undefined = () => undefined,
) {
  const workers: SimulatedWebWorker[] = [];
  let ended = 0;
  let answers = 0;
  class SimulatedWebWorker extends EventTarget {
    readonly thread: NodeWorker;

    constructor(url: URL | string, options?: WorkerOptions) {
      super();
      const { pathname } = new URL(url);
      if (!pathname.endsWith('/src/browser/thread-entry.js') || options?.type !== 'module') {
        throw new Error(`a worker of an unexpected script: ${pathname}`);
      }
      const fault = faultOf(workers.length);
      workers.push(this);
      const name = fault?.kind === 'is not found' ? 'missing.js' : 'thread-entry.js';
      const entry = `${pathToFileURL(folder).href}/dist/browser/${name}`;
      this.thread = new NodeWorker(scope, { eval: true, workerData: { entry, fault } });
      this.thread.on('message', (data) => {
        answers += 1;
        const type = data === 'cannot be read' ? 'messageerror' : 'message';
        this.dispatchEvent(new MessageEvent(type, { data }));
      });
      this.thread.on('error', ({ message }) => {
        const event = new Event('error', { cancelable: true });
        // A script that is not there comes without a reason.
        this.dispatchEvent(
          Object.assign(event, { message: fault?.kind === 'is not found' ? undefined : message }),
        );
      });
      this.thread.on('exit', () => {
        ended += 1;
      });
    }

    postMessage(message: unknown, transfer: ArrayBuffer[]): void {
      this.thread.postMessage(message, transfer);
    }

    terminate(): void {
      void this.thread.terminate();
    }
  }
  /** Makes the k-th worker throw by itself. */
  const fail = (worker: number): void => {
    workers[worker]!.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message: '' }));
  };
  return {
    Worker: SimulatedWebWorker,
    started: () => workers.length,
    ended: () => ended,
    answers: () => answers,
    fail,
  };
}
