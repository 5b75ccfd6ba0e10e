import { type Document, isAlias, isMap, isNode, isScalar, isSeq } from "yaml";

/** Where the value at the path stands, or its key; of what is missing, where its nearest parent stands. */
export function placeOf(document: Document, path: readonly PropertyKey[], key?: string): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const step of path) {
    const child = childOf(node, step, document);
    if (child === undefined) return offset;
    offset = offsetOf(child.value) ?? offsetOf(child.key) ?? offset;
    node = child.value;
  }
  const named = key === undefined ? undefined : childOf(node, key, document);
  return offsetOf(named?.key) ?? offset;
}

function childOf(node: unknown, step: PropertyKey, document: Document) {
  const parent = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(parent)) return { key: undefined, value: parent.items[Number(step)] };
  if (!isMap(parent)) return undefined;
  return parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
