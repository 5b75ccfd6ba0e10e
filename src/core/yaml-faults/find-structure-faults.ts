import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from "yaml";
import { formatCode } from "../format-code.ts";
import type { TextFault } from "./parse-yaml.ts";

/** A file of the permitted size has fewer nodes of its own; aliases can make any number of them. */
const MAX_NODES = 50_000;

/** Faults that YAML's grammar lets pass: a key that stands twice, an alias of nothing or of itself, a flood of aliases. */
export function findStructureFaults(document: Document): TextFault[] {
  const faults: TextFault[] = [];
  const anchors = new Map<string, Node>();
  /** How many nodes a node stands for, once all aliases in it are replaced. */
  const sizes = new Map<Node, number | "counting">();

  function sizeOf(node: unknown): number {
    if (isAlias(node)) return sizeOfAlias(node);
    if (!isMap(node) && !isSeq(node)) {
      if (isScalar(node) && node.anchor) anchors.set(node.anchor, node);
      return 1;
    }
    if (node.anchor) anchors.set(node.anchor, node);
    sizes.set(node, "counting");
    if (isMap(node)) faults.push(...keysTwice(node));
    const children = isMap(node) ? node.items.map(({ value }) => value) : node.items;
    const size = children.reduce((sum: number, child) => sum + sizeOf(child), 1);
    sizes.set(node, size);
    return size;
  }

  function sizeOfAlias(alias: Alias): number {
    const target = anchors.get(alias.source);
    const size = target === undefined ? undefined : (sizes.get(target) ?? 1);
    if (size === undefined) faults.push(at(alias, `nothing above has the anchor ${anchorOf(alias)}`));
    if (size === "counting") faults.push(at(alias, `the alias of ${anchorOf(alias)} stands within itself`));
    return typeof size === "number" ? size : 1;
  }

  if (document.errors.length > 0) return [];
  const size = sizeOf(document.contents);
  if (size > MAX_NODES)
    faults.push({ offset: 0, message: `aliases make more than ${MAX_NODES} values of this file` });
  return faults;
}

function anchorOf(alias: Alias): string {
  return formatCode(`&${alias.source}`);
}

function keysTwice(map: YAMLMap): TextFault[] {
  const known = new Set<string>();
  return map.items.flatMap(({ key }) => {
    const name = isScalar(key) ? String(key.value) : "";
    if (!known.has(name)) {
      known.add(name);
      return [];
    }
    return [at(key, `${formatCode(name)} stands here twice`)];
  });
}

function at(node: unknown, message: string): TextFault {
  return { offset: (node as Node | null)?.range?.[0] ?? 0, message };
}
