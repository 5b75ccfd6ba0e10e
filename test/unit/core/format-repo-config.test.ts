import { describe, expect, it } from "vitest";
import { formatRepoConfig } from "../../../src/core/format-repo-config.ts";
import { DEFAULT_REPO_CONFIG } from "../../../src/core/repo-config/default-repo-config.ts";
import { parseRepoConfig } from "../../../src/core/repo-config/parse-repo-config.ts";

function format(text: string): string {
  const parsed = parseRepoConfig(text);
  if ("faults" in parsed) throw new Error(parsed.faults.map(({ message }) => message).join("\n"));
  return formatRepoConfig(parsed.config);
}

describe("core/format-repo-config", () => {
  it("says what a repository without a configuration builds", () => {
    expect(formatRepoConfig(DEFAULT_REPO_CONFIG)).toBe(`Builds one image:

  <owner>/<repository>
    context      the repository's root
    Dockerfile   Dockerfile
    tags         the commit's SHA, the Git tag's name
    files        any

Triggers:
  branches       **
  Git tags       **
  pull requests  to **
  changed files  any
  skipped by     [skip ci], [ci skip], [skip build]
  newer pushes   end older builds of their branch, unless it is the default one
`);
  });

  it("says all that a configuration asks for, and no argument's value", () => {
    const text = format(`
images:
  - name: api
    context: services/api
    target: runtime
    platform: linux/arm64
    args: { A: hush, B: { secret: npm-token } }
    labels: { l: x }
    tags: ["{{branch}}", latest]
    paths: { include: src/**, ignore: docs/** }
    timeout: 1h30m
  - name: tools
    image: acme/tools
    dockerfile: { from: scratch, copy: { main: / }, entrypoint: /main }
triggers: { branches: main, tags: [], pull-requests: [] }
skip-markers: []
supersede: true
`);
    for (const line of [
      "Builds 2 images:",
      "  <owner>/<repository>/api",
      "    name         api",
      "    context      services/api",
      "    Dockerfile   services/api/Dockerfile",
      "    stage        runtime",
      "    platform     linux/arm64",
      "    arguments    A, B",
      "    secrets      B from npm-token",
      "    labels       l",
      "    tags         the commit's SHA, {{branch}}, latest",
      "    files        src/**, but not docs/**",
      "    timeout      90 min",
      "  acme/tools",
      "    Dockerfile   FROM scratch",
      "                 COPY main /",
      '                 ENTRYPOINT ["/main"]',
      "  branches       main",
      "  Git tags       none",
      "  pull requests  none",
      "  skipped by     none",
      "  newer pushes   end older builds of their branch",
    ])
      expect(text.split("\n")).toContain(line);
    expect(text).not.toContain("hush");
  });

  it("says when newer pushes end no build", () => {
    expect(format("supersede: false")).toContain("newer pushes   end no build");
  });
});
