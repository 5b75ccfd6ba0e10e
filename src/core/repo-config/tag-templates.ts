import { ImageTagTemplate } from "../image-tags/image-tag-template.ts";
import { oneOrMany } from "./mapping.ts";

const MAX_TEMPLATES = 20;

export const TagTemplates = oneOrMany(ImageTagTemplate, "a list of tag templates").refine(
  (templates) => templates.length <= MAX_TEMPLATES,
  `expected at most ${MAX_TEMPLATES} templates`,
);
