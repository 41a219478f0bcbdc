/**
 * Compiles the AssemblyScript of each room that has some, and writes the module, as text, into the room's `module-bytes.ts`, so
 * that Node, bundlers and browsers need no file beside the code. With `--check` it writes nothing and fails where a text is not
 * up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

for (const room of ['kernels', 'io']) {
  const target = new URL(`./${room}/module-bytes.ts`, import.meta.url);
  const text = sourceOf(
    Buffer.from(await compiled(new URL(`./${room}/assembly/`, import.meta.url))).toString('base64'),
  );
  const present = presentText(target);
  if (text === present) continue;
  if (process.argv.includes('--check')) {
    throw new Error(`src/${room}/module-bytes.ts is not what its assembly compiles to; run: npm run kernels`);
  }
  writeFileSync(target, text);
}

async function compiled(folder) {
  let binary;
  const { error, stderr } = await asc.main(
    [
      'index.ts',
      '-O3',
      '--converge',
      '--enable',
      'simd',
      '--runtime',
      'stub',
      '--noAssert',
      '--initialMemory',
      '4',
      '--outFile',
      'module.wasm',
    ],
    {
      readFile: (name) => {
        try {
          return readFileSync(fileURLToPath(new URL(name, folder)), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (name, contents) => {
        if (name === 'module.wasm') binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null) throw new Error(`${error.message}\n${stderr.toString()}`);
  return binary;
}

function presentText(target) {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return '';
  }
}

function sourceOf(base64) {
  const lines = base64.match(/.{1,108}/g).map((line) => `  '${line}',`);
  return `/** The WebAssembly module that \`npm run kernels\` makes of \`assembly/\`. */
export function moduleBytes(): Uint8Array<ArrayBuffer> {
  const text = atob(base64.join(''));
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

const base64: readonly string[] = [
${lines.join('\n')}
];
`;
}
