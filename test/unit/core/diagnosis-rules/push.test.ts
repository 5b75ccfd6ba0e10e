import { expect, it } from "vitest";
import { diagnose } from "../../../../src/core/diagnose.ts";

const put = "PUT https://r.io/v2/acme/shop/manifests/1: ";
const ecr =
  "TAG_INVALID: The image tag '1' already exists in the 'acme/shop' repository and cannot be overwritten because the tag is immutable.";
const harbor = "PRECONDITION: Failed to process request due to 'acme/shop:1' configured as immutable.";
const harborQuota =
  "DENIED: adding 5 MiB of storage resource, which when updated to current usage of 9 MiB will exceed the configured upper limit of 10 MiB.";

it.each([
  [`${put}UNAUTHORIZED: authentication required`, "permanent", "push-unauthorized"],
  [`${put}unexpected status code 401 Unauthorized`, "permanent", "push-unauthorized"],
  [`${put}DENIED: requested access to the resource is denied`, "permanent", "push-forbidden"],
  [`${put}unexpected status code 403 Forbidden`, "permanent", "push-forbidden"],
  [put + ecr, "permanent", "push-tag-immutable"],
  [put + harbor, "permanent", "push-tag-immutable"],
  [`${put}unexpected status code 409 Conflict: tag is immutable`, "permanent", "push-tag-immutable"],
  [`${put}DENIED: the tag is locked`, "permanent", "push-tag-immutable"],
  [put + harborQuota, "permanent", "push-quota-exceeded"],
  [`${put}DENIED: quota exceeded`, "permanent", "push-quota-exceeded"],
  [`${put}unexpected status code 507 Insufficient Storage`, "permanent", "push-quota-exceeded"],
  [`${put}unexpected status code 413 Request Entity Too Large`, "permanent", "push-too-large"],
  [
    `${put}NAME_UNKNOWN: The repository with name 'acme/shop' does not exist`,
    "permanent",
    "push-repository-missing",
  ],
  [`${put}TOOMANYREQUESTS: rate exceeded`, "transient", "push-rate-limited"],
  [`${put}unexpected status code 429 Too Many Requests`, "transient", "push-rate-limited"],
  [`${put}unexpected status code 503 Service Unavailable`, "transient", "push-unreachable"],
  [`${put}unexpected status code 400 Bad Request: odd`, "permanent", "push-refused"],
])("%s", (words, kind, code) => {
  const log = [`error pushing image: failed to push to destination r.io/acme/shop:1: ${words}`];
  const evidence = { exitCode: 1, warnings: [], log, limits: { memory: "2Gi", deadlineSeconds: 60 } };
  const diagnosis = diagnose(evidence);
  expect(diagnosis).toMatchObject({ class: kind, code, title: expect.stringContaining("r.io") });
  expect(diagnosis.cause).toContain("Kaniko says");
});

it("is not misled by the repository's own name", () => {
  const name = "acme/immutable-quota-certificates";
  const said = `error pushing image: failed to push to destination r.io/${name}:1: PUT https://r.io/v2/${name}/manifests/1: DENIED: requested access to the resource is denied`;
  const evidence = { exitCode: 1, warnings: [], log: [said], limits: { memory: "2Gi", deadlineSeconds: 60 } };
  expect(diagnose(evidence).code).toBe("push-forbidden");
});
