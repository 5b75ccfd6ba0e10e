import MarkdownIt from "markdown-it";
import { boundText } from "../../core/bound-text.ts";
import { Html } from "./html.ts";

/** Far more than a report is long. */
const MAX_MARKDOWN = 64 * 1024;

/** HTML in the markdown is shown as text, and links go to the web or nowhere. */
const markdownIt = new MarkdownIt({ html: false, linkify: false }).disable("image");
markdownIt.renderer.rules.link_open = (tokens, at, options, _env, self) => {
  tokens[at]?.attrSet("rel", "noopener noreferrer nofollow");
  return self.renderToken(tokens, at, options);
};

/** A report's markdown as HTML. */
export function renderMarkdown(markdown: string): Html {
  return new Html(markdownIt.render(boundText(markdown, MAX_MARKDOWN)));
}

/** Markdown on one line, without a paragraph around it. */
export function renderInline(markdown: string): Html {
  return new Html(markdownIt.renderInline(boundText(markdown, MAX_MARKDOWN)));
}
