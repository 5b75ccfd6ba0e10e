const STRUCK = "***";
/** What is shorter stands in the middle of other words, and striking it out would tell what it is. */
const MIN_LENGTH = 4;

/** Strikes secrets out of text: each as a whole, line by line, and as Base64, URLs and JSON write it. */
export function createStrikeOut(secrets: readonly string[]): (text: string) => string {
  const written = secrets.flatMap((secret) => [
    secret.trim(),
    ...secret.split(/\r?\n/).map((line) => line.trim()),
    ...[secret, secret.trim()].map((each) => Buffer.from(each).toString("base64")),
    encodeURIComponent(secret.trim().toWellFormed()),
    JSON.stringify(secret.trim()).slice(1, -1),
  ]);
  // The longest first: a part of another must not keep the whole of it from being found.
  const struck = [...new Set(written)]
    .filter((each) => each.length >= MIN_LENGTH)
    .toSorted((one, other) => other.length - one.length);
  return (text) => struck.reduce((left, each) => left.replaceAll(each, STRUCK), text);
}
