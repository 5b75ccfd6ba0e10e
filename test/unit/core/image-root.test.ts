import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatOwnImagePath, type ImageRoot, imageRootFaults } from "../../../src/core/image-root.ts";

const github = { forge: "github", host: "github.com" } as const;
const gitlab = { forge: "gitlab", host: "gitlab.example.com" } as const;
const tools = { forge: "gitlab", host: "tools.example.com" } as const;

const shop = { owner: "acme", name: "shop" };

describe("core/image-root", () => {
  it.each<[ImageRoot[], Parameters<typeof formatOwnImagePath>[1], string]>([
    [[], { ...github, ...shop }, "acme/shop"],
    [[{ ...gitlab, prefix: "gitlab" }], { ...gitlab, ...shop }, "gitlab/acme/shop"],
    [[{ ...gitlab, prefix: "from/gitlab" }], { ...gitlab, owner: "a/b", name: "c" }, "from/gitlab/a/b/c"],
    [[{ ...github, prefix: "github" }], { ...github, host: "ghe.example.com", ...shop }, "github/acme/shop"],
    [
      [
        { ...gitlab, prefix: "one" },
        { ...tools, prefix: "two" },
      ],
      { ...tools, ...shop },
      "two/acme/shop",
    ],
  ])("with %j, %j goes to %s", (roots, repository, path) => {
    expect(formatOwnImagePath(roots, repository)).toBe(path);
  });

  it("keeps an owner who is named as the API's prefix begins out of its place", () => {
    const roots: ImageRoot[] = [
      { ...github, prefix: "" },
      { forge: "api", host: "uploads", prefix: "team/apps" },
    ];
    expect(formatOwnImagePath(roots, { ...github, owner: "Team", name: "apps" })).toMatch(
      /^team-[0-9a-f]{16}\/apps$/,
    );
    expect(formatOwnImagePath(roots, { ...github, ...shop })).toBe("acme/shop");
    expect(imageRootFaults([...roots, { ...gitlab, prefix: "team" }])).toHaveLength(1);
  });

  it("keeps an owner who is named as another forge's prefix out of its place", () => {
    const roots = [
      { ...github, prefix: "" },
      { ...gitlab, prefix: "gitlab" },
    ];
    const path = formatOwnImagePath(roots, { ...github, owner: "GitLab", name: "acme" });
    expect(path).toMatch(/^gitlab-[0-9a-f]{16}\/acme$/);
    expect(formatOwnImagePath(roots, { ...gitlab, owner: "gitlab", name: "acme" })).toBe(
      "gitlab/gitlab/acme",
    );
  });

  it("never gives repositories of two forges one place, nor one within the other's", () => {
    const component = fc.constantFrom("a", "b", "gitlab", "acme", "acme-0123456789abcdef");
    const path = fc.array(component, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
    const repository = fc.record({ owner: path, name: component });
    fc.assert(
      fc.property(
        fc.tuple(fc.oneof(fc.constant(""), path), path),
        repository,
        repository,
        ([one, two], ours, theirs) => {
          const roots = [
            { ...github, prefix: one },
            { ...gitlab, prefix: two },
          ];
          fc.pre(imageRootFaults(roots).length === 0);
          const first = `${formatOwnImagePath(roots, { ...github, ...ours })}/`;
          const second = `${formatOwnImagePath(roots, { ...gitlab, ...theirs })}/`;
          expect(first.startsWith(second) || second.startsWith(first)).toBe(false);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["", "", /github at github\.com and of gitlab at gitlab\.example\.com .* the registry's place itself/],
    ["a", "a", /both go below `a`/],
    ["a", "a/b", /both go below `a`/],
  ])("refuses the prefixes %j and %j side by side", (one, two, fault) => {
    const roots = [
      { ...github, prefix: one },
      { ...gitlab, prefix: two },
    ];
    expect(imageRootFaults(roots)).toEqual([expect.stringMatching(fault)]);
    expect(imageRootFaults(roots.toReversed())).toHaveLength(1);
  });

  it.each([
    ["", "a"],
    ["a", "b"],
    ["a", "a-b"],
    ["a/b", "a/c"],
  ])("serves the prefixes %j and %j side by side", (one, two) => {
    expect(
      imageRootFaults([
        { ...github, prefix: one },
        { ...gitlab, prefix: two },
      ]),
    ).toEqual([]);
  });
});
