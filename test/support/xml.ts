/** A small strict reader of XML: elements, attributes, text and the five entities. Throws for anything ill-formed. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** The text directly inside it. */
  readonly text: string;
}

const TOKEN = /<\?xml [^?]*\?>|<(\/?)([a-z-]+)((?:\s+[A-Za-z-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
const ILLEGAL = /[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

export function parseXml(text: string): Element {
  if (ILLEGAL.test(text)) throw new Error(`a character that XML does not have: ${JSON.stringify(ILLEGAL.exec(text))}`);
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let end = 0;
  for (const [token, closing, name, attributes, empty, chars] of text.matchAll(TOKEN)) {
    end += token.length;
    const inside = open.at(-1)!;
    if (chars !== undefined) inside.text += unescaped(chars);
    else if (closing === '/') {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes <${inside.name}>`);
    } else if (name !== undefined) {
      const element: Open = { name, attributes: attributesOf(attributes!), children: [], text: '' };
      inside.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  if (end !== text.length) throw new Error(`ill-formed: ${text.slice(end, end + 60)}`);
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim() !== '') throw new Error('not one element');
  return root.children[0]!;
}

/** Every element of a name below another, in the order of the text. */
export function elements(inside: Element, name: string): readonly Element[] {
  return inside.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elements(child, name)]);
}

interface Open extends Element {
  children: Element[];
  text: string;
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/([A-Za-z-]+)="([^"]*)"/g)].map(
    ([, name, value]) => [name!, unescaped(value!)] as const,
  );
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error(`an attribute twice: ${text}`);
  return Object.fromEntries(pairs);
}

function unescaped(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in text');
  return text.replace(/&([^;]*;?)/g, (all, name: string) => {
    const known: Readonly<Record<string, string>> = { 'amp;': '&', 'lt;': '<', 'gt;': '>', 'quot;': '"', 'apos;': "'" };
    const character = known[name] ?? (/^#\d+;$/.test(name) ? String.fromCodePoint(parseInt(name.slice(1))) : undefined);
    if (character === undefined) throw new Error(`no entity: ${all}`);
    return character;
  });
}
