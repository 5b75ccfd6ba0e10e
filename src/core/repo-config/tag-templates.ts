import { oneOrMany } from "./mapping.ts";
import { TagTemplate } from "./tag-template-syntax.ts";

const MAX_TEMPLATES = 20;

export const TagTemplates = oneOrMany(TagTemplate, "a list of tag templates").refine(
  (templates) => templates.length <= MAX_TEMPLATES,
  `expected at most ${MAX_TEMPLATES} templates`,
);
