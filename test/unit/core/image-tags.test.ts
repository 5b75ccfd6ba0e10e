import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AskedRef } from "../../../src/core/asking.ts";
import { ImageTagTemplate, parseTagTemplate } from "../../../src/core/image-tags/image-tag-template.ts";
import { imageTagsOf } from "../../../src/core/image-tags.ts";
import { branchRef, commit, pullRequestRef, tagRef } from "./decide/askings.ts";

// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
const SPEC_TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const subject = { commit, defaultBranch: "main", latestFollows: "default-branch" } as const;
const bare: AskedRef = { kind: "commit" };

function namesOf(
  templates: string[],
  ref: AskedRef,
  changes: Partial<Parameters<typeof imageTagsOf>[1]> = {},
) {
  return imageTagsOf(templates, { ...subject, ref, ...changes }).tags.map(({ name }) => name);
}

describe("core/image-tags: without templates", () => {
  it.each([
    ["v1.2.3", ["v1.2.3"]],
    ["release/1.0", ["release-1.0"]],
    ["v1.0+build", ["v1.0-build"]],
    [".hidden", ["hidden"]],
    ["f".repeat(40), []],
    ["F".repeat(64), []],
    ["---", []],
  ])("the Git tag %s gives %j", (gitTag, names) => {
    expect(imageTagsOf([], { ...subject, ref: tagRef(gitTag) })).toEqual({
      tags: names.map((name) => ({ name, moves: false })),
      refused: [],
    });
  });

  it("nothing but a Git tag gives any", () => {
    for (const ref of [branchRef("main"), pullRequestRef(), bare]) expect(namesOf([], ref)).toEqual([]);
  });
});

describe("core/image-tags: a template", () => {
  it.each<[string, AskedRef, string[]]>([
    ["{{short-sha}}", branchRef("main"), ["0123456"]],
    ["sha-{{sha}}", branchRef("main"), [`sha-${commit}`]],
    ["{{sha}}", branchRef("main"), []],
    ["{{branch}}", branchRef("main"), ["main"]],
    ["{{ branch }}-{{short-sha}}", branchRef("main"), ["main-0123456"]],
    ["{{branch}}", branchRef("v1.2"), ["v1.2"]],
    ["{{branch}}", branchRef("feature/x"), ["feature-x-217d2bf5"]],
    ["{{branch}}", branchRef("größe"), ["gr-e-d353a267"]],
    ["{{branch}}", tagRef("v1"), []],
    ["{{branch}}", pullRequestRef(), []],
    ["{{git-tag}}", tagRef("v1.2.3"), ["v1.2.3"]],
    ["{{git-tag}}", tagRef("api/v1.2.3"), ["api-v1.2.3"]],
    ["{{git-tag}}", branchRef("main"), []],
    ["{{version}}", tagRef("v1.2.3"), ["1.2.3"]],
    ["{{version}}", tagRef("1.2.3-rc.1+5"), ["1.2.3-rc.1-5"]],
    ["{{version}}", tagRef("v1.2"), []],
    ["{{version}}", tagRef("v01.2.3"), []],
    ["{{version}}", branchRef("v1.2.3"), []],
    ["v{{major}}.{{minor}}", tagRef("v1.2.3"), ["v1.2"]],
    ["{{major}}", tagRef("1.2.3-rc.1"), []],
    ["{{major}}", branchRef("main"), []],
    ["pr-{{pr}}", pullRequestRef(), ["pr-12"]],
    ["pr-{{pr}}", branchRef("main"), []],
    ["{{short-sha}}", pullRequestRef(), ["0123456"]],
    ["stable", branchRef("dev"), ["stable"]],
    ["stable", tagRef("v1"), ["stable"]],
    ["stable", pullRequestRef(), []],
    ["stable", bare, []],
    ["latest", branchRef("main"), ["latest"]],
    ["latest", branchRef("dev"), []],
    ["latest", tagRef("v1.2.3"), []],
    ["latest", pullRequestRef(), []],
    ["latest", bare, []],
    ["{{short-sha}}", bare, ["0123456"]],
    ["{{nonsense}}", branchRef("main"), []],
  ])("%s gives for %j: %j", (template, ref, names) => {
    expect(namesOf([template], ref)).toEqual(names);
  });

  it.each<[AskedRef, string[]]>([
    [tagRef("v1.2.3"), ["latest"]],
    [tagRef("v1.2.3-rc.1"), []],
    [tagRef("nightly"), []],
    [branchRef("main"), []],
  ])("`latest`, where the default branch is not built, gives for %j: %j", (ref, names) => {
    expect(namesOf(["latest"], ref, { latestFollows: "versions" })).toEqual(names);
  });

  it.each([
    ["{{branch}}", true],
    ["{{branch}}-{{short-sha}}", false],
    ["latest", true],
    ["stable", true],
    ["{{short-sha}}", false],
  ])("%s of a branch moves: %j", (template, moves) => {
    const { tags } = imageTagsOf([template], { ...subject, ref: branchRef("main") });
    expect(tags.map((tag) => tag.moves)).toEqual([moves]);
  });

  it.each([
    ["{{git-tag}}", false],
    ["{{version}}", false],
    ["{{major}}.{{minor}}.{{patch}}", false],
    ["{{major}}.{{minor}}", true],
    ["{{major}}", true],
  ])("%s of a version moves: %j", (template, moves) => {
    const { tags } = imageTagsOf([template], { ...subject, ref: tagRef("v1.2.3") });
    expect(tags.map((tag) => tag.moves)).toEqual([moves]);
  });

  it("gives a tag once, however many templates give it", () => {
    expect(imageTagsOf(["v{{version}}", "{{git-tag}}"], { ...subject, ref: tagRef("v1.2.3") })).toEqual({
      tags: [{ name: "v1.2.3", moves: false }],
      refused: [],
    });
  });

  it("reads no template in a branch's name", () => {
    expect(namesOf(["{{branch}}"], branchRef("{{sha}}"))).toEqual([
      expect.stringMatching(/^sha-[0-9a-f]{8}$/),
    ]);
  });
});

describe("core/image-tags: what is refused", () => {
  it.each<[string, AskedRef]>([
    ["{{branch}}", branchRef("a".repeat(40))],
    ["{{branch}}", branchRef("A".repeat(64))],
    ["{{git-tag}}", tagRef("b".repeat(40))],
    ["c".repeat(40), branchRef("main")],
  ])("%s for %j, which looks like a commit", (template, ref) => {
    const { tags, refused } = imageTagsOf([template], { ...subject, ref });
    expect(tags).toEqual([]);
    expect(refused).toEqual([expect.stringContaining("would be another commit's image")]);
  });

  it("a branch that would take `latest` from the default branch", () => {
    const { tags, refused } = imageTagsOf(["{{branch}}", "latest"], { ...subject, ref: branchRef("latest") });
    expect(tags).toEqual([]);
    expect(refused).toEqual([
      "the tag `{{branch}}` is left out: `latest` is a tag of its own, and not for this",
    ]);
  });

  it("nothing of a branch `latest` where nothing else is called so", () => {
    expect(namesOf(["{{branch}}"], branchRef("latest"))).toEqual(["latest"]);
  });

  it.each([
    ["", "is empty"],
    ["a b", "here is ` `"],
    ["feature/{{branch}}", "here is `/`"],
    ["-{{branch}}", "starts with a letter"],
    [".x", "starts with a letter"],
    ["{{brnch}}", "there is no `{{brnch}}`: did you mean `branch`?"],
    ["{{}}", "there is no `{{}}`: expected `sha`, `short-sha`"],
    ["{{branch}", "here is `{`"],
    ["{branch}", "here is `{`"],
    ["{{{branch}}}", "here is `{`"],
    ["x".repeat(129), "at most 128 characters"],
  ])("as a template: %j, saying %s", (template, reason) => {
    const parsed = ImageTagTemplate.safeParse(template);
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual([expect.stringContaining(reason)]);
    expect(imageTagsOf([template], { ...subject, ref: branchRef("main") })).toMatchObject({
      tags: [],
      refused: [expect.stringContaining(reason)],
    });
  });
});

describe("core/image-tags: whatever the names", () => {
  const refName = fc.oneof(
    fc.string({ minLength: 1, maxLength: 300 }),
    fc.stringMatching(/^[a-z./_+-]{1,150}$/),
  );
  const ref = fc.oneof(
    refName.map(branchRef),
    refName.map(tagRef),
    fc.constant(pullRequestRef()),
    fc.constant(bare),
  );
  const piece = fc.constantFrom(
    "{{sha}}",
    "{{short-sha}}",
    "{{branch}}",
    "{{git-tag}}",
    "{{version}}",
    "{{pr}}",
    "v",
    "-",
    ".",
    "latest",
  );
  const template = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(""));

  it("gives tags that the distribution specification allows, and never one that looks like a commit", () => {
    fc.assert(
      fc.property(fc.array(template, { maxLength: 4 }), ref, (templates, given) => {
        for (const name of namesOf(templates, given)) {
          expect(name).toMatch(SPEC_TAG);
          expect(name).not.toMatch(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("gives two branches two tags", () => {
    const look = fc.string({
      unit: fc.constantFrom("a", "/", "-", ".", "_", "ä"),
      minLength: 1,
      maxLength: 8,
    });
    const long = look.map((start) => start + "x".repeat(200));
    fc.assert(
      fc.property(fc.oneof(look, long), fc.oneof(look, long), (one, other) => {
        fc.pre(one !== other);
        const names = [one, other].map((branch) => namesOf(["{{branch}}"], branchRef(branch)));
        expect(names[0]).toHaveLength(1);
        expect(names[0]).not.toEqual(names[1]);
      }),
      { numRuns: 1000 },
    );
  });

  it("reads any template or says what is wrong, and never throws", () => {
    const text = fc.string({
      unit: fc.constantFrom("{", "}", "a", "-", ".", " ", "sha", "{{branch}}"),
      maxLength: 20,
    });
    fc.assert(
      fc.property(text, (candidate) => {
        const parsed = parseTagTemplate(candidate);
        if ("fault" in parsed) expect(parsed.fault).toMatch(/\S/);
        else expect(parsed.parts.length).toBeGreaterThan(0);
      }),
    );
  });
});
