import { parentPort } from 'node:worker_threads';
import { serveLoss } from '../workers/serve-loss.ts';

const port = parentPort;
if (port !== null) {
  serveLoss({
    post: (message, transfer = []) => port.postMessage(message, [...transfer]),
    onMessage: (listener) => {
      port.on('message', listener);
    },
  });
}
