let ports: MessageChannel | undefined;
const waiting: (() => void)[] = [];

/** Resolves once the page has heard what had come in. By a message to itself, as a timer would take milliseconds. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (ports === undefined) {
      ports = new MessageChannel();
      ports.port1.onmessage = () => waiting.shift()?.();
    }
    waiting.push(resolve);
    ports.port2.postMessage(undefined);
  });
}
