import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseYaml } from "../../../../src/core/yaml-faults/parse-yaml.ts";

const Shop = z.strictObject({
  name: z.string().optional(),
  size: z.int().positive().optional(),
  kind: z.enum(["small", "large"]).optional(),
  tags: z.array(z.string()).max(3).optional(),
  owner: z.strictObject({ login: z.string(), admin: z.boolean().optional() }).optional(),
  args: z
    .record(
      z.string().regex(/^[a-z]+$/, "expected a to z"),
      z.union([z.string(), z.strictObject({ secret: z.string() })]),
    )
    .optional(),
});

function faultsOf(text: string): string[] {
  const parsed = parseYaml(text, Shop);
  return "faults" in parsed
    ? parsed.faults.map(({ line, column, message }) => `${line}:${column} ${message}`)
    : [];
}

describe("core/yaml-faults", () => {
  it.each([
    ["", {}],
    ["# nothing yet\n", {}],
    ["---\n", {}],
    ["name: shop\ntags: [a, b]", { name: "shop", tags: ["a", "b"] }],
    ["args: { a: &x text, b: *x }", { args: { a: "text", b: "text" } }],
    ["name: yes", { name: "yes" }],
  ])("reads %j", (text, value) => {
    expect(parseYaml(text, Shop)).toEqual({ value });
  });

  it.each([
    ["nam: shop", ["1:1 there is no `nam`: did you mean `name`?"]],
    ["colour: red", ["1:1 there is no `colour`: expected `name`, `size`, `kind`, `tags`, `owner`, `args`"]],
    ["owner:\n  logn: ada\n  login: ada", ["2:3 there is no `owner.logn`: did you mean `login`?"]],
    ["size: big", ["1:7 `size`: expected a number, found `big`"]],
    ["size: 1.5", ["1:7 `size`: expected a whole number, found `1.5`"]],
    ["size: 0", ["1:7 `size`: expected a number above 0, found `0`"]],
    ["name:", ["1:6 `name`: expected text, found nothing"]],
    ["name: [a]", ["1:7 `name`: expected text, found a list"]],
    ["kind: lage", ["1:7 `kind`: expected `small` or `large` (did you mean `large`?), found `lage`"]],
    ["tags: [a, b, c, d]", ["1:7 `tags`: expected at most 3 entries, found a list"]],
    ["tags:\n  - a\n  - 7", ["3:5 `tags[1]`: expected text, found `7`"]],
    ["owner: {}", ["1:8 `owner.login` is missing: expected text"]],
    ["owner: { login: ada, admin: 1 }", ["1:29 `owner.admin`: expected true or false, found `1`"]],
    ["args: { A: x }", ["1:9 `A` is no fit name: expected a to z"]],
    ["args: { a: 7 }", ["1:12 `args.a`: expected text or a mapping, found `7`"]],
    [
      "args: { a: { secrt: x } }",
      [
        "1:12 `args.a.secret` is missing: expected text",
        "1:14 there is no `args.a.secrt`: did you mean `secret`?",
      ],
    ],
    [
      "args: { a: &x { secret: 1 }, b: *x }",
      ["1:25 `args.a.secret`: expected text, found `1`", "1:25 `args.b.secret`: expected text, found `1`"],
    ],
    ["just text", ["1:1 expected a mapping, found `just text`"]],
    ["- a", ["1:1 expected a mapping, found a list"]],
    ["__proto__: { name: x }", ["1:1 `__proto__` is no name that can be used"]],
    [
      "constructor: x",
      ["1:1 there is no `constructor`: expected `name`, `size`, `kind`, `tags`, `owner`, `args`"],
    ],
  ])("says what is wrong with %j, and where", (text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it("tells all faults at once, in the file's order", () => {
    expect(faultsOf("size: x\nnam: y\nowner: {}\nname: 1")).toEqual([
      expect.stringMatching(/^1:7 `size`/),
      expect.stringMatching(/^2:1 there is no `nam`/),
      expect.stringMatching(/^3:8 `owner\.login`/),
      expect.stringMatching(/^4:7 `name`/),
    ]);
  });

  it.each([
    ["name: a\nname: b", "2:1 `name` stands here twice"],
    ["name: 'a", "1:9 this is no valid YAML: `Missing closing 'quote`"],
    ["a:\n\t- b", "2:1 this is no valid YAML: `Tabs are not allowed as indentation`"],
    ["[a]: b", "1:1 expected a text as the key"],
    ["name: !shop a", "1:7 this is no valid YAML: `Unresolved tag: !shop`"],
    ["name: a\n---\nname: b", "2:1 expected one YAML document, found another"],
    ["name: *x", "1:7 nothing above has the anchor `&x`"],
    ["args: &x { a: *x }", "1:15 the alias of `&x` stands within itself"],
    ["args: &x [{ a: [*x] }]", "1:17 the alias of `&x` stands within itself"],
  ])("refuses %j as %s", (text, fault) => {
    expect(faultsOf(text)).toContainEqual(expect.stringContaining(fault));
  });

  it("refuses a file of more than 64 KiB, counted in bytes, before it looks at it", () => {
    expect(faultsOf(`name: "${"ä".repeat(33_000)}"`)).toEqual([
      "1:1 the file has 66008 bytes, expected at most 65536",
    ]);
  });

  it("refuses aliases that multiply, however large what they stand for would be", () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      const items =
        level === 0
          ? "x, x, x"
          : Array(10)
              .fill(`*a${level - 1}`)
              .join(", ");
      return `l${level}: &a${level} [${items}]`;
    });
    expect(faultsOf(levels.join("\n"))).toContainEqual(expect.stringMatching(/aliases make more than 50000/));
  });

  it.each([
    ["open lists", "[".repeat(8_000)],
    ["lists", "[".repeat(8_000) + "]".repeat(8_000)],
    ["mappings", "{a: ".repeat(8_000) + "}".repeat(8_000)],
    ["dashes", "- ".repeat(8_000)],
  ])("survives %s in each other, thousands deep", (_, text) => {
    expect(faultsOf(text)).toContainEqual(expect.stringContaining("nested too deeply"));
  });

  it("tells at most fifty faults", () => {
    const text = Array.from({ length: 500 }, (_, number) => `unknown${number}: 1`).join("\n");
    expect(faultsOf(text)).toHaveLength(50);
  });

  it("gives a value or places faults within the text, whatever the text", () => {
    const piece = fc.constantFrom(
      "a",
      "name",
      ": ",
      "\n",
      "  ",
      "- ",
      "[",
      "]",
      "{",
      "}",
      ",",
      "&x ",
      "*x",
      "'",
      '"',
      "|",
      "!",
      "%",
      "#",
      "?",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(text, (candidate) => {
        const parsed = parseYaml(candidate, Shop);
        if (!("faults" in parsed)) return;
        expect(parsed.faults.length).toBeGreaterThan(0);
        const lines = candidate.split("\n");
        for (const { line, column, message } of parsed.faults) {
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
          expect(message).toMatch(/\S/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
