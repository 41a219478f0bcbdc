import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page =
  '<!doctype html><meta charset="utf-8"><title>fit</title><script type="module" src="/page.ts"></script>';

/** How a page is served. */
export interface Serving {
  /** Headers of every answer. */
  readonly headers: OutgoingHttpHeaders;
  /** Paths that are not found. */
  readonly missing: readonly string[];
  /** Files made for this page, by their path. */
  readonly made: ReadonlyMap<string, string>;
}

/** A server of the page, of the compiled package below `/dist/`, and of what the page reports. */
export async function servePages() {
  let serving: Serving = { headers: {}, missing: [], made: new Map() };
  let reported: (report: string) => void = () => undefined;

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const send = (status: number, type: string, body: string): void => {
      response.writeHead(status, { ...serving.headers, 'content-type': type, 'cache-control': 'no-store' });
      response.end(body);
    };
    const script = (body: string): void => send(200, 'text/javascript', body);
    if (pathname === '/report') {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        send(204, 'text/plain', '');
        reported(body);
      });
    } else if (pathname === '/') send(200, 'text/html', page);
    else if (serving.missing.includes(pathname)) send(404, 'text/plain', 'not found');
    else if (serving.made.has(pathname)) script(serving.made.get(pathname)!);
    else if (/^\/[a-z-]+\.ts$/.test(pathname)) {
      script(transformSync(readFileSync(`${root}test/browser${pathname}`, 'utf8'), { loader: 'ts' }).code);
    } else if (/^\/dist\/[a-z0-9/-]+\.js$/.test(pathname)) {
      script(readFileSync(`${root}${pathname.slice(1)}`, 'utf8'));
    } else send(404, 'text/plain', 'not found');
  };

  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    /** Begins to serve in another way; the promise is of the next report. */
    serve: (next: Serving): Promise<string> => {
      serving = next;
      return new Promise((resolve) => {
        reported = resolve;
      });
    },
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}
