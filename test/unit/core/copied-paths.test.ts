import { expect, it } from "vitest";
import { copiedPaths } from "../../../src/core/copied-paths.ts";

it.each([
  ["COPY package.json ./", ["package.json"]],
  ["COPY --chown=1:1 --chmod=755 ./a b/ /x/", ["a", "b"]],
  ['COPY ["a b", "c", "/x/"]', ["a b", "c"]],
  ["ADD https://r.io/a.tar local.tar /x/", ["local.tar"]],
  ["COPY --from=build /out /out", []],
  ["COPY *.js $SRC src/?? /x/", []],
  ["COPY . /x", []],
  ["COPY <<EOF /x\nCOPY a /b\nEOF", []],
  ["COPY [broken /x", []],
  ["COPY", []],
])("%s copies %j", (line, paths) => {
  expect(copiedPaths(`FROM a\n${line}\n`)).toEqual(paths);
});

it("no more are looked for than a person would write", () => {
  const words = Array.from({ length: 500 }, (_, at) => `f${at}`).join(" ");
  expect(copiedPaths(`FROM a\nCOPY ${words} /x/\n`)).toHaveLength(50);
});
