import reference from './measure-samples.json' with { type: 'json' };

/** A sample of the shared file, with its weights as options of the measures. */
export interface ReferenceSample {
  readonly name: string;
  readonly probabilities: number[][];
  readonly labels: number[];
  readonly options: { readonly weights?: number[] };
}

const samples: ReferenceSample[] = reference.samples.map(({ name, probabilities, labels, weights }) => ({
  name,
  probabilities,
  labels,
  options: weights === null ? {} : { weights },
}));

/** The shared sample of that name. */
export function sampleNamed(name: string): ReferenceSample {
  const sample = samples.find((candidate) => candidate.name === name);
  if (sample === undefined) throw new Error(`no sample is named ${name}`);
  return sample;
}
