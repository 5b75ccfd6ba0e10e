import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { FAILURES } from "../../../docs/failure-codes.ts";
import { pageWithFailures } from "../../../docs/failures-page.ts";

const root = new URL("../../../", import.meta.url).pathname;
const FOLDERS = [
  "src/core/diagnosis-rules",
  "src/core/verification",
  "src/builders",
  "src/builds/run",
  "src/builds/tags",
  "src/context",
  "src/registry",
];
/** Where a code stands: in a diagnosis, or handed to what makes one. */
const PLACE = /(?:\bcode:|\b(?:permanent|refused)\(|\bfault\(\s*"(?:permanent|transient)",)\s*([^,]+),/g;
const CODE = /"([a-z]+(?:-[a-z]+)*)"/g;

it("docs/failures.md is the table's: `npm run fix` writes it", async () => {
  const { written, expected } = await pageWithFailures();
  expect(written).toBe(expected);
});

it("every failure of a build has its row, and every row is a failure", () => {
  const files = FOLDERS.flatMap((folder) => globSync(`${root}${folder}/**/*.ts`));
  const places = files.flatMap((file) => [...readFileSync(file, "utf8").matchAll(PLACE)]);
  const inCode = places.flatMap(([, place = ""]) => [...place.matchAll(CODE)].map(([, code = ""]) => code));
  const inTable = FAILURES.flatMap(([, rows]) => rows.map(([code]) => code));
  const codes = new Set(inCode).difference(new Set(["permanent", "transient"]));
  expect(inTable.toSorted()).toEqual([...codes].toSorted());
});
