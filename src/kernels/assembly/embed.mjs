/**
 * Compiles the AssemblyScript beside it and writes the module, as text, into `module-bytes.ts`, so that Node, bundlers and
 * browsers need no file beside the code. With `--check` it writes nothing and fails where the text is not up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const target = new URL('../module-bytes.ts', import.meta.url);
const { error, binary } = await compiled();
if (error !== null) throw error;
const text = sourceOf(Buffer.from(binary).toString('base64'));
const present = readFileSync(target, 'utf8');
if (text !== present && process.argv.includes('--check')) {
  throw new Error('module-bytes.ts is not what src/kernels/assembly compiles to; run: npm run kernels');
}
if (text !== present) writeFileSync(target, text);

async function compiled() {
  let binary;
  const { error, stderr } = await asc.main(
    ['index.ts', '-O3', '--converge', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--initialMemory', '4', '--outFile', 'kernels.wasm'],
    {
      readFile: (name) => {
        try {
          return readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (name, contents) => {
        if (name === 'kernels.wasm') binary = contents;
      },
      listFiles: () => [],
    },
  );
  return { error: error === null ? null : new Error(`${error.message}\n${stderr.toString()}`), binary };
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
