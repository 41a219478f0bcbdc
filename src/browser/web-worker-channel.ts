import type { Channel } from '../workers/channel.ts';

/** The line to a Web Worker. One that closes itself or is killed says nothing: only its silence tells. */
export function webWorkerChannel(worker: Worker): Channel {
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => worker.addEventListener('message', ({ data }) => listener(data)),
    onEnd: (listener) => {
      worker.addEventListener('error', (event) => {
        // It is told as a notice, not on the console.
        event.preventDefault();
        listener(event.message);
      });
      worker.addEventListener('messageerror', () => listener('its message cannot be read'));
    },
    close: () => worker.terminate(),
  };
}
