import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from "yaml";
import { formatCode } from "../format-code.ts";
import { formatPath } from "./format-path.ts";
import type { ScalarReading } from "./read-text.ts";
import type { TextFault } from "./text-fault.ts";

/** A file of the permitted size has fewer nodes of its own; aliases can make any number of them. */
const MAX_NODES = 50_000;
/** As many as the largest file has, four times over: one long text and a thousand aliases of it make far more. */
const MAX_CHARACTERS = 256 * 1024;
const MAX_DEPTH = 32;
const NOTHING = /^(?:~|null|Null|NULL|)$/;
const PLAIN_TAGS = new Set(["!", ...["str", "map", "seq"].map((name) => `tag:yaml.org,2002:${name}`)]);

/** Where a value stands in the text, and its key, if it has one. */
export type Place = { value: number; key?: number };

export type ReadDocument = {
  /** Its mappings have no prototype. */
  value: unknown;
  /** By path, as {@link formatPath} words it. */
  places: ReadonlyMap<string, Place>;
  faults: TextFault[];
};

/** The document's value with the place of every part of it, and what YAML's grammar lets pass and a file must not have. */
export function readDocument({ contents }: Document.Parsed, scalars: ScalarReading): ReadDocument {
  const reader = new DocumentReader(scalars);
  const value = contents === null ? null : reader.read(contents, []);
  return { value, places: reader.places, faults: reader.faults };
}

class DocumentReader {
  readonly places = new Map<string, Place>();
  readonly faults: TextFault[] = [];
  readonly #scalars: ScalarReading;
  readonly #anchored = new Map<string, Node>();
  /** The lists and mappings that the reader is in, outermost first. */
  readonly #open: Node[] = [];
  #nodes = 0;
  #characters = 0;

  constructor(scalars: ScalarReading) {
    this.#scalars = scalars;
  }

  read(node: Node, path: PropertyKey[], key?: number): unknown {
    this.places.set(formatPath(path), { value: offsetOf(node), ...(key === undefined ? {} : { key }) });
    if (this.#isTooMuch(node)) return null;
    if (isAlias(node)) return this.#readAlias(node, node.source, path, key);
    this.#checkTag(node);
    if ("anchor" in node && node.anchor) this.#anchored.set(node.anchor, node);
    if (isScalar(node)) return this.#isTooLong(node) ? null : this.#readScalar(node);
    this.#open.push(node);
    const value = isSeq<Node>(node)
      ? node.items.map((item, at) => this.read(item, [...path, at]))
      : isMap<Node, Node | null>(node)
        ? this.#readMapping(node.items, path)
        : null;
    this.#open.pop();
    return value;
  }

  #isTooMuch(node: Node): boolean {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES + 1) return true;
    const isTooDeep = this.#open.length >= MAX_DEPTH;
    if (this.#nodes > MAX_NODES) this.#fault(node, `aliases make more than ${MAX_NODES} values of this file`);
    else if (isTooDeep)
      this.#fault(node, `aliases nest this too deeply, expected at most ${MAX_DEPTH} levels`);
    return isTooDeep || this.#nodes > MAX_NODES;
  }

  #isTooLong(node: Scalar): boolean {
    const wasTooLong = this.#characters > MAX_CHARACTERS;
    this.#characters += typeof node.value === "string" ? node.value.length : 0;
    const isTooLong = this.#characters > MAX_CHARACTERS;
    if (isTooLong && !wasTooLong)
      this.#fault(node, `aliases make more than ${MAX_CHARACTERS} characters of this file`);
    return isTooLong;
  }

  #readScalar({ type, value }: Scalar): unknown {
    if (this.#scalars === "typed") return value;
    return type === "PLAIN" && NOTHING.test(String(value)) ? null : String(value);
  }

  #readAlias(alias: Node, name: string, path: PropertyKey[], key: number | undefined): unknown {
    const target = this.#anchored.get(name);
    const anchor = formatCode(`&${name}`);
    if (target === undefined) this.#fault(alias, `nothing above has the anchor ${anchor}`);
    else if (this.#open.includes(target)) this.#fault(alias, `the alias of ${anchor} stands within itself`);
    else return this.read(target, path, key);
    return null;
  }

  #readMapping(pairs: Pair<Node, Node | null>[], path: PropertyKey[]): object {
    const mapping: Record<string, unknown> = Object.create(null);
    for (const { key: node, value } of pairs) {
      const key = readKey(node, mapping);
      if ("fault" in key) this.#fault(node, key.fault);
      else mapping[key.name] = value === null ? null : this.read(value, [...path, key.name], offsetOf(node));
    }
    return mapping;
  }

  #checkTag(node: Node): void {
    const { tag } = node as { tag?: string };
    if (tag !== undefined && !PLAIN_TAGS.has(tag))
      this.#fault(node, `the tag ${formatCode(tag)} has no meaning here`);
  }

  #fault(node: Node, message: string): void {
    this.faults.push({ offset: offsetOf(node), message });
  }
}

function readKey(node: Node, mapping: object): { name: string } | { fault: string } {
  if (!isScalar(node)) return { fault: "expected a text as the key" };
  const name = String(node.value);
  // zod leaves it out of what it reads.
  if (name === "__proto__") return { fault: "`__proto__` is no name that can be used" };
  if (name === "<<") return { fault: "merge keys (`<<`) are not read: write the keys out" };
  return name in mapping ? { fault: `${formatCode(name)} stands here twice` } : { name };
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
