import type { Build, PushedImage } from "./build.ts";
import { formatCommitLink } from "./commit-url.ts";
import { formatBytes } from "./format-bytes.ts";
import { formatCode } from "./format-code.ts";
import type { Fact } from "./format-facts.ts";

/** A reference has to be whole to be of use. */
const MAX_REFERENCE = 1024;

/** What is to be known of an image. `last`: the build before of the same branch and image. */
export function formatImageFacts({ image, last }: { image: PushedImage; last: Build | undefined }): Fact[] {
  const { tagged, pinned, bytes, outdatedTags = [] } = image;
  const reference = (text: string) => formatCode(text, MAX_REFERENCE);
  return [
    ...tagged.map((text): Fact => ["Image", reference(text)]),
    ["By digest", reference(pinned)],
    ...(outdatedTags.length === 0
      ? []
      : [
          [
            "Left as it was",
            `${outdatedTags.map((tag) => formatCode(tag)).join(", ")}: held by a newer commit`,
          ] as const,
        ]),
    ["Size", `${formatBytes(bytes)}${formatDifference(bytes, last)}`],
  ];
}

function formatDifference(bytes: number, last: Build | undefined): string {
  if (last?.result?.outcome !== "success") return "";
  const { repository, commit } = last.request;
  const before = last.result.image.bytes;
  const link = formatCommitLink(repository, commit);
  if (bytes === before) return `, as ${link}`;
  const percent = before === 0 ? "" : ` (${((100 * (bytes - before)) / before).toFixed(1)} %)`;
  return `, ${formatBytes(Math.abs(bytes - before))} ${bytes > before ? "more" : "less"} than ${link}${percent}`;
}
