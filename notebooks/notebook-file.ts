/** One output of a code cell, as Jupyter stores it. */
interface CellOutput {
  readonly output_type: string;
  readonly [field: string]: unknown;
}

/** A cell of a notebook. */
interface NotebookCell {
  readonly cell_type: 'markdown' | 'code';
  readonly id?: string;
  readonly source: string | readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly CellOutput[];
  readonly metadata: object;
}

/** A notebook file, format 4. */
export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: object;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/** The notebook without what changes from run to run: times of execution, and who executed it. */
export function normalised({ cells, nbformat, nbformat_minor }: Notebook): Notebook {
  return {
    cells: cells.map((cell) => ({ ...cell, metadata: {} })),
    metadata: {
      kernelspec: { display_name: 'Deno', language: 'typescript', name: 'deno' },
      language_info: { file_extension: '.ts', mimetype: 'text/x.typescript', name: 'typescript' },
    },
    nbformat,
    nbformat_minor,
  };
}

/** All that a notebook shows, for comparing two runs. */
export function outputsText({ cells }: Notebook): string {
  return JSON.stringify(cells.map(({ source, outputs }) => [joined(source), outputs?.map(shown)]));
}

function shown({ output_type, data, text, name }: CellOutput): unknown {
  const record = (data ?? {}) as Record<string, string | readonly string[]>;
  const parts = Object.entries(record).map(([type, content]) => [type, joined(content)]);
  return [output_type, parts, name, joined((text ?? '') as string | readonly string[])];
}

function joined(content: string | readonly string[]): string {
  return typeof content === 'string' ? content : content.join('');
}
