import { describe, expect, it } from "vitest";
import {
  findTagTemplateFault,
  TEMPLATE_NAMES,
} from "../../../../src/core/repo-config/tag-template-syntax.ts";

describe("core/repo-config: tag templates", () => {
  it.each([
    "latest",
    "v1",
    "_a.b-c",
    "{{ branch }}",
    "{{major}}.{{minor}}",
    "v{{version}}-alpine",
    "{{branch}}-{{short-sha}}",
    ...TEMPLATE_NAMES.map((name) => `{{${name}}}`),
  ])("may be %s", (template) => {
    expect(findTagTemplateFault(template)).toBeUndefined();
  });

  it.each([
    ["", "expected a tag template such as `{{branch}}` or `latest`"],
    ["{{}}", "there is no `{{}}`: expected one of `{{sha}}`, `{{short-sha}}`"],
    ["{{brnch}}", "there is no `{{brnch}}`: did you mean `{{branch}}`?"],
    ["{{Branch}}", "there is no `{{Branch}}`: did you mean `{{branch}}`?"],
    ["{{ref}}", "there is no `{{ref}}`: expected one of"],
    ["{{git tag}}", "expected `{{name}}`, with two braces on each side"],
    ["{branch}", "expected `{{name}}`, with two braces on each side"],
    ["{{branch}", "expected `{{name}}`, with two braces on each side"],
    ["{{{sha}}}", "expected `{{name}}`, with two braces on each side"],
    ["a/b", "expected letters, digits"],
    ["a b", "expected letters, digits"],
    ["ü", "expected letters, digits"],
    [".a", "does not begin with"],
    ["-{{sha}}", "does not begin with"],
    ["a".repeat(129), "at most 128 characters"],
    ["0123456789abcdef0123456789abcdef01234567", "cannot be taken for a commit"],
  ])("may not be %j: %s", (template, fault) => {
    expect(findTagTemplateFault(template)).toContain(fault);
  });
});
