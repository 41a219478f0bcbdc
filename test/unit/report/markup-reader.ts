/** An element as it stands in the text, or a piece of text between tags. */
export interface MarkupElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (MarkupElement | string)[];
  readonly parent: MarkupElement | null;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** Resolves the entities that our writers use; any other `&` is an error. */
function decoded(text: string): string {
  return text.replaceAll(
    /&(?:#(\d+)|([a-z]+));|&/g,
    (all, code: string | undefined, name: string | undefined) => {
      if (code !== undefined) return String.fromCodePoint(Number(code));
      const character = name === undefined ? undefined : entities[name];
      if (character === undefined) throw new Error(`a bare or unknown entity: ${all}`);
      return character;
    },
  );
}

const token =
  /<!DOCTYPE html>|<\/([A-Za-z][\w-]*)>|<([A-Za-z][\w-]*)((?: [A-Za-z_:][\w:.-]*="[^"<]*")*) ?(\/?)>|([^<]+)/y;

/**
 * Reads markup as strictly as XML: every tag closed in order, every attribute quoted and given once, no comment, no
 * CDATA, no processing instruction, no stray `<` or `&`. Throws at the first fault, with its place.
 */
export function readMarkup(markup: string): MarkupElement {
  const root: MarkupElement = { name: '#root', attributes: new Map(), children: [], parent: null };
  let open = root;
  token.lastIndex = 0;
  while (token.lastIndex < markup.length) {
    const at = token.lastIndex;
    const match = token.exec(markup);
    if (match === null) throw new Error(`no markup: ${JSON.stringify(markup.slice(at, at + 60))}`);
    const [, closed, opened, attributes = '', alone, text] = match;
    if (text !== undefined) {
      open.children.push(open.name === 'style' ? text : decoded(text));
    } else if (closed !== undefined) {
      if (closed !== open.name) throw new Error(`</${closed}> closes <${open.name}> at ${at}`);
      open = open.parent!;
    } else if (opened !== undefined) {
      const element: MarkupElement = {
        name: opened,
        attributes: readAttributes(attributes),
        children: [],
        parent: open,
      };
      open.children.push(element);
      if (alone !== '/') open = element;
    }
  }
  if (open !== root) throw new Error(`<${open.name}> is never closed`);
  return root;
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name, value] of text.matchAll(/ ([^=]+)="([^"]*)"/g)) {
    if (attributes.has(name!)) throw new Error(`attribute ${name} twice`);
    attributes.set(name!, decoded(value!));
  }
  return attributes;
}

/** Every element below, in document order. */
export function elementsOf(element: MarkupElement): MarkupElement[] {
  return element.children.flatMap((child) =>
    typeof child === 'string' ? [] : [child, ...elementsOf(child)],
  );
}

export function elementsNamed(element: MarkupElement, name: string): MarkupElement[] {
  return elementsOf(element).filter((one) => one.name === name);
}

export function textOf(element: MarkupElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}
