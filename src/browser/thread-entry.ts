import { serveLoss } from '../workers/serve-loss.ts';

serveLoss({
  post: (message, transfer = []) => self.postMessage(message, { transfer: [...transfer] }),
  onMessage: (listener) => self.addEventListener('message', ({ data }) => listener(data)),
});
