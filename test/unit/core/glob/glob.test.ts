import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileGlob } from "../../../../src/core/glob/compile-glob.ts";
import { GlobList, GlobPattern, GlobPatterns } from "../../../../src/core/glob/glob-list.ts";
import { runGlob } from "../../../../src/core/glob/run-glob.ts";

function matches(pattern: string, text: string): boolean {
  return new GlobList([pattern]).find(text) !== undefined;
}

function stepsOf(pattern: string, text: string): number {
  const compiled = compileGlob(pattern);
  if ("fault" in compiled) throw new Error(compiled.fault);
  return runGlob(compiled.program, text).steps;
}

describe("core/glob: one pattern", () => {
  it.each([
    ["main", "main", true],
    ["main", "main2", false],
    ["main", "Main", false],
    ["*", "main", true],
    ["*", "feature/x", false],
    ["*", ".hidden", true],
    ["**", "feature/x", true],
    ["release/*", "release/1.0", true],
    ["release/*", "release/1.0/rc", false],
    ["release/**", "release/1.0/rc", true],
    ["**/rc", "rc", true],
    ["**/rc", "release/1.0/rc", true],
    ["**/rc", "release/1.0/src", false],
    ["src/**/*.ts", "src/index.ts", true],
    ["src/**/*.ts", "src/a/b/index.ts", true],
    ["src/**/*.ts", "lib/src/index.ts", false],
    ["src/**/test/**", "src/test/a.ts", true],
    ["**.md", "docs/a/b.md", true],
    ["v**-rc", "v1/2-rc", true],
    ["a**/b", "a/b", true],
    ["a**/b", "ab", false],
    ["v?.?", "v1.2", true],
    ["v?.?", "v1/2", false],
    ["?", "", false],
    ["?", "😀", true],
    ["v[0-9]", "v7", true],
    ["v[0-9]", "vx", false],
    ["v[!0-9]", "vx", true],
    ["v[^0-9]", "v7", false],
    ["a[!b]c", "a/c", false],
    ["a[.-0]c", "a/c", false],
    ["[]]", "]", true],
    ["[a-]", "-", true],
    ["[\\]a]", "]", true],
    ["{main,dev}", "dev", true],
    ["{main,dev}", "maindev", false],
    ["{a,b{c,d}}e", "bde", true],
    ["{a,b{c,d}}e", "be", false],
    ["v1{,.0}", "v1", true],
    ["v1{,.0}", "v1.0", true],
    ["{src,lib}/**", "lib/a/b", true],
    ["{**/a,b}", "x/y/a", true],
    ["a,b", "a,b", true],
    ["a}", "a}", true],
    ["\\*", "*", true],
    ["\\*", "x", false],
    ["a+(b)", "a+(b)", true],
    ["größe/*", "größe/ü", true],
  ])("%j against %j: %j", (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it.each([
    ["", "empty"],
    ["!", "empty"],
    ["a[b", "`[` is not closed"],
    ["a[", "`[` is not closed"],
    ["[]", "`[` is not closed"],
    ["{a,b", "`{` is not closed"],
    ["{a,{b}", "`{` is not closed"],
    ["[z-a]", "goes backwards"],
    ["a\\", "ends after"],
    ["a".repeat(257), "at most 256 characters"],
  ])("refuses %j, saying: %s", (pattern, reason) => {
    const parsed = GlobPattern.safeParse(pattern);
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual([expect.stringContaining(reason)]);
  });

  it("takes what no pattern can be for itself, and never throws", () => {
    expect(matches("a[b", "a[b")).toBe(true);
    expect(matches("a[b", "ab")).toBe(false);
    fc.assert(fc.property(fc.string(), fc.string(), (pattern, text) => void matches(pattern, text)));
  });

  it("matches every text by its own escaped characters, and no other", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 100 }), fc.string(), (text, other) => {
        const pattern = `\\${[...text].join("\\")}`;
        expect(matches(pattern, text)).toBe(true);
        expect(matches(pattern, other)).toBe(text === other);
      }),
    );
  });

  it("agrees with a regular expression that is written for the same pattern", () => {
    const piece = fc.constantFrom(
      ["*", "[^/]*"],
      ["?", "[^/]"],
      ["x**", "x[^]*"],
      ["/**/", "/(?:[^]*/)?"],
      ["[ab]", "[ab]"],
      ["[!a]", "[^a/]"],
      ["{a,b/}", "(?:a|b/)"],
      ["{,a{b,*}}", "(?:|a(?:b|[^/]*))"],
      ["a", "a"],
      ["b", "b"],
      ["/", "/"],
    );
    const text = fc.string({ unit: fc.constantFrom("a", "b", "x", "/"), maxLength: 9 });
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), text, (pieces, candidate) => {
        const globs = pieces.map(([glob = ""]) => glob);
        // Stars side by side are one wildcard of another kind, and so is `x**` before a slash.
        fc.pre(globs.every((glob, at) => !glob.endsWith("*") || !/^[*/]/.test(globs[at + 1] ?? "")));
        const expression = new RegExp(`^${pieces.map(([, source]) => source).join("")}$`, "u");
        const pattern = globs.join("");
        expect(matches(pattern, candidate), pattern).toBe(expression.test(candidate));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["*a", "b", "a"],
    ["**/a/", "b", "a/"],
    ["{a,b}", "c", "a"],
    ["{a*,*a}", "b", "a"],
    ["*[ab]?", "c", "ab"],
    ["{,a}", "b", "a"],
    ["{**,*}", "b", "a"],
    ["{{a,*},*}", "b", "a"],
  ])("takes no more steps for %j, again and again, than pattern times text", (part, end, letters) => {
    const pattern = `${part.repeat(Math.floor(200 / part.length))}${end}`;
    const text = letters.repeat(Math.floor(2000 / letters.length));
    expect(stepsOf(pattern, text)).toBeLessThan(pattern.length * text.length * 5);
  });

  it("takes no more steps than that for any pattern", () => {
    const pattern = fc.string({
      unit: fc.constantFrom("*", "a", "?", "/", "{", "}", ",", "["),
      maxLength: 100,
    });
    const text = fc.string({ unit: fc.constantFrom("a", "/"), maxLength: 300 });
    fc.assert(
      fc.property(pattern, text, (glob, candidate) => {
        const compiled = compileGlob(glob);
        fc.pre("program" in compiled);
        const { steps } = runGlob(compiled.program, candidate);
        expect(steps).toBeLessThanOrEqual((glob.length + 1) * (candidate.length + 1) * 8);
      }),
    );
  });
});

describe("core/glob: a list of patterns", () => {
  it.each([
    [["main", "release/*"], "release/1", "release/*"],
    [["main", "release/*"], "dev", undefined],
    [["**", "!dependabot/**"], "feature/x", "**"],
    [["**", "!dependabot/**"], "dependabot/npm", undefined],
    [["**", "!a/**", "a/b"], "a/b", "a/b"],
    [["!dependabot/**"], "main", "!dependabot/**"],
    [["!dependabot/**"], "dependabot/npm", undefined],
    [["!a*", "!b*"], "c", "!a*"],
    [["\\!a"], "!a", "\\!a"],
    [[], "main", undefined],
  ])("%j lets %j in by %j", (patterns, text, by) => {
    expect(new GlobList(patterns).find(text)).toBe(by);
  });

  it("compares without case if asked to", () => {
    const list = new GlobList(["ACME/[A-C]*"], { ignoreCase: true });
    expect(list.find("acme/Bot")).toBe("ACME/[A-C]*");
    expect(list.find("acme/shop")).toBeUndefined();
  });

  it("counts the work of all its matches", () => {
    const list = new GlobList(["*a*b"]);
    list.find("aaaa");
    const once = list.steps;
    list.find("aaaa");
    expect(once).toBeGreaterThan(0);
    expect(list.steps).toBe(once * 2);
  });

  it("has at most a hundred patterns", () => {
    expect(GlobPatterns.safeParse(Array(100).fill("*")).success).toBe(true);
    expect(GlobPatterns.safeParse(Array(101).fill("*")).success).toBe(false);
  });
});
